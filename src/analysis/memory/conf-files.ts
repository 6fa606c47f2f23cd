import { span } from '../../base/span.ts';
import type { SourceText } from '../documents/source.ts';
import type { Setting } from './program.ts';
import type { RuntimeInputs } from './runtime-model.ts';

/** The mounted files whose path in the container matches, in the order of their paths. */
export function mountedFiles(inputs: RuntimeInputs, path: RegExp): readonly SourceText[] {
  return [...(inputs.files ?? [])]
    .filter(([target]) => path.test(target))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, source]) => source);
}

/** The last line that gives the name a value: `name value`, `name = value`; `-` and `_` are one letter. */
export function lineSetting(sources: readonly SourceText[], name: string): Setting | undefined {
  const spelled = name.replace(/[-_]/g, '[-_]').replace(/\./g, '\\.');
  return lastMatch(
    sources,
    new RegExp(`^[ \\t]*${spelled}(?:[ \\t]*=[ \\t]*|[ \\t]+)([^\\r\\n#;]*?)[ \\t]*(?:[#;].*)?\\r?$`, 'gim'),
  );
}

/** The last value of a directive that ends with a semicolon, as nginx writes them. */
export function directive(sources: readonly SourceText[], name: string): Setting | undefined {
  return lastMatch(sources, new RegExp(`(?:^|[;{}\\s])${name}\\s+([^;{}#]+?)\\s*;`, 'g'));
}

export function allDirectives(sources: readonly SourceText[], name: string): readonly string[] {
  const pattern = new RegExp(`(?:^|[;{}\\s])${name}\\s+([^;{}#]+?)\\s*;`, 'g');
  return sources.flatMap((source) => [...source.text.matchAll(pattern)].map((match) => match[1] ?? ''));
}

function lastMatch(sources: readonly SourceText[], pattern: RegExp): Setting | undefined {
  let found: Setting | undefined;
  for (const { file, text } of sources) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const start = match.index + match[0].lastIndexOf(value);
      found = { text: value, from: { kind: 'file', span: span(file, start, start + value.length) } };
    }
  }
  return found;
}
