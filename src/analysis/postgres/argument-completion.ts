import { span, type Span } from '../../base/span.ts';
import type { Located } from '../documents/located.ts';
import type { ContainerContext } from '../documents/postgres/container.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { settingsOf } from '../documents/postgres/settings.ts';
import type { SourceText } from '../documents/source.ts';
import { completeName, completeValue, type Completion } from './completion.ts';
import type { PostgresLink } from './link.ts';

/** What fits at an offset within `command:`: names behind `-c` and `--`, values behind `=`. */
export function completeArgument(
  link: PostgresLink,
  source: SourceText,
  offset: number,
  container?: ContainerContext,
): readonly Completion[] {
  const { words } = link.start;
  const at = words.findIndex(({ spans: [place] }) => place.file === source.file && place.start <= offset && offset <= place.end);
  const word = words[at];
  if (word === undefined) return [];
  const place = innerSpan(word, source);
  const written = source.text.slice(place.start, offset);
  const option = /^(--|-c)?([A-Za-z_][\w.-]*)?(?:(=)(.*))?$/.exec(written);
  if (option === null || (option[1] === undefined && words[at - 1]?.text !== '-c')) return [];
  const [, mark = '', name = '', equals, value = ''] = option;
  const conf = confOf(link, source, container);
  const definition = settingsOf(link.version).find(name.replace(/-/g, '_'));
  if (equals !== undefined) {
    return definition === undefined
      ? []
      : completeValue(definition, value, span(source.file, offset - value.length, place.end), 'arguments');
  }
  const nameEnd = place.start + (/^[^=]*/.exec(source.text.slice(place.start, place.end))?.[0].length ?? 0);
  const behind = source.text.charAt(nameEnd) === '=' ? '' : '=';
  return completeName(conf, span(source.file, place.start + mark.length, nameEnd), behind);
}

/** Without the quotes around a word. */
function innerSpan({ spans: [place] }: Located<string>, { text }: SourceText): Span {
  const quoted = /^["']/.test(text.slice(place.start, place.end));
  return quoted ? span(place.file, place.start + 1, Math.max(place.start + 1, place.end - 1)) : place;
}

function confOf({ version }: PostgresLink, source: SourceText, container: ContainerContext | undefined): PostgresConf {
  return {
    kind: 'postgres-conf',
    source,
    form: 'arguments',
    entries: [],
    problems: [],
    version,
    container,
    missingIncludes: [],
  };
}
