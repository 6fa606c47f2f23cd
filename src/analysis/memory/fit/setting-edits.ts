import type { TextEdit } from '../../../base/edit.ts';
import { slice, span, type Span } from '../../../base/span.ts';
import type { Service } from '../../documents/compose/model.ts';
import { insertItem, setPath, type Edits } from '../../documents/yaml-edit.ts';
import { pairOf, type YamlFile, type YamlNode } from '../../documents/yaml-tree.ts';
import type { SettingChange } from '../runtime-model.ts';

/**
 * The edits that give settings their new values, in the file that holds the service. Undefined where one of them
 * stands elsewhere (another file, an env file, behind an anchor): then nothing is changed at all.
 */
export function settingEdits(file: YamlFile, service: Service, changes: readonly SettingChange[]): Edits {
  const node = pairOf(pairOf(file.documents[0]?.root, 'services')?.value, service.name)?.value;
  if (node === undefined) return undefined;
  const added = changes.flatMap(({ place }) => (place.kind === 'words' && place.replaces === undefined ? [place] : []));
  const rest = changes.filter(({ place }) => place.kind !== 'words' || place.replaces !== undefined);
  const edits = [...rest.map((change) => replaced(file, service, node, change))];
  if (added.length > 0)
    edits.push(
      appended(
        file,
        node,
        service,
        added.flatMap((place) => place.words),
        added[0]?.program ?? '',
      ),
    );
  return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
}

function replaced(file: YamlFile, service: Service, node: YamlNode, { place }: SettingChange): Edits {
  if (place.kind === 'words') {
    const [word] = place.words;
    return word === undefined || place.replaces === undefined
      ? undefined
      : rewrite(file, place.replaces.spans[0], place.replaces.text, word);
  }
  const written = service.environment.get(place.name);
  if (written !== undefined) return rewrite(file, written.value.spans[0], written.value.text, place.value);
  const environment = pairOf(node, 'environment')?.value;
  if (environment?.kind === 'list') return insertItem(file, environment, `${place.name}=${place.value}`);
  return setPath(file, node, ['environment', place.name], place.value, { after: ['image', 'build', 'command'] });
}

/** Puts the new text where the old one stands, and leaves quotes and what is glued to it (`NAME=`) as they are. */
function rewrite(file: YamlFile, place: Span, before: string, after: string): readonly TextEdit[] | undefined {
  if (place.file !== file.source.file) return undefined;
  const at = slice(file.source.text, place).lastIndexOf(before);
  if (at < 0 || !SAFE.test(after)) return undefined;
  return [{ span: span(place.file, place.start + at, place.start + at + before.length), text: after }];
}

/** Nothing that any quoting or flow collection would read as its own. */
const SAFE = /^[\w@%+=:./ -]+$/;

function appended(file: YamlFile, node: YamlNode, service: Service, words: readonly string[], program: string): Edits {
  const command = pairOf(node, 'command')?.value;
  if (command === undefined) {
    // An entrypoint of its own gets its words from `command`; the image's default command is not known then.
    return setPath(file, node, ['command'], [...(service.entrypoint === undefined ? [program] : []), ...words], {
      after: ['image', 'build'],
    });
  }
  if (command.kind === 'list') {
    const edits = words.map((word) => insertItem(file, command, word));
    return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
  }
  if (command.kind !== 'scalar' || command.style === 'literal' || command.style === 'folded') return undefined;
  const quoted = command.style === 'single' || command.style === 'double' ? 1 : 0;
  return [{ span: span(file.source.file, command.end - quoted, command.end - quoted), text: ` ${words.join(' ')}` }];
}
