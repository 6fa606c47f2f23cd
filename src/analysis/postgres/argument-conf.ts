import { span, type Span } from '../../base/span.ts';
import type { Located } from '../documents/located.ts';
import type { ArgumentSetting, WordRange } from '../documents/postgres/arguments.ts';
import type { ConfSetting, PostgresConf } from '../documents/postgres/model.ts';
import type { SourceText } from '../documents/source.ts';
import type { PostgresLink } from './link.ts';

/** The settings among the words of `command:`, in the shape of a conf file, so that the same rules read them. */
export function argumentConf(link: PostgresLink, sources: (span: Span) => SourceText | undefined): PostgresConf | undefined {
  const { start, version } = link;
  const entries = start.given.settings.flatMap((setting) => settingOf(setting, start.words, sources) ?? []);
  const source = entries[0] === undefined ? undefined : sources(entries[0].span);
  if (source === undefined) return undefined;
  const own = entries.filter((entry) => entry.span.file === source.file);
  return {
    kind: 'postgres-conf',
    source,
    form: 'arguments',
    entries: own,
    problems: [],
    version,
    container: undefined,
    missingIncludes: [],
  };
}

function settingOf(
  { name, value, nameAt, valueAt, word }: ArgumentSetting,
  words: readonly Located<string>[],
  sources: (span: Span) => SourceText | undefined,
): ConfSetting | undefined {
  const at = words[(valueAt ?? nameAt)?.word ?? word];
  // A value that can't be known is nobody's mistake.
  if (at?.value === undefined) return undefined;
  const [whole] = at.spans;
  const source = sources(whole);
  const place = (range: WordRange | undefined): Span => (range === undefined ? undefined : within(at, range, source)) ?? whole;
  const exact = nameAt !== undefined && within(at, nameAt, source) !== undefined;
  const placedValue = valueAt !== undefined && within(at, valueAt, source) !== undefined;
  return {
    kind: 'setting',
    name,
    nameSpan: place(nameAt),
    value,
    valueSpan: place(valueAt),
    quoting: (exact || nameAt === undefined) && placedValue ? 'argument' : 'unplaced',
    span: nameAt === undefined ? place(valueAt) : { ...place(nameAt), end: place(valueAt).end },
    // Asked for in messages alone; counted each time, lines made a large file's check quadratic.
    get line() {
      return source?.text.slice(0, whole.start).split('\n').length ?? 1;
    },
    comment: undefined,
  };
}

/** A part of a word where it stands in the file; undefined where the word isn't written there letter by letter. */
function within(word: Located<string>, { start, end }: WordRange, source: SourceText | undefined): Span | undefined {
  const [whole] = word.spans;
  const written = source?.text.slice(whole.start, whole.end) ?? '';
  const at = /^["']/.test(written) ? 1 : 0;
  if (written.slice(at, at + word.text.length) !== word.text || written.length > word.text.length + 2 * at) return undefined;
  return span(whole.file, whole.start + at + start, whole.start + at + end);
}
