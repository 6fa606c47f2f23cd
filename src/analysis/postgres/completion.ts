import { message, type Message } from '../../base/message.ts';
import { span, type Span } from '../../base/span.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { unitsOf } from '../documents/postgres/numbers.ts';
import { quoteIfNeeded } from '../documents/postgres/quoting.ts';
import { readingOf } from '../documents/postgres/reading.ts';
import { settingsOf, type SettingDefinition } from '../documents/postgres/settings.ts';
import { describe, settingCard, type SettingCard } from './setting-card.ts';
import { text } from './setting-text.ts';

/** One thing that may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'setting' | 'directive' | 'value' | 'unit';
  /** What it replaces, and by what. */
  readonly span: Span;
  readonly insert: string;
  readonly detail: Message;
  /** Written already: the list shows it last. */
  readonly used: boolean;
  /** Worked out when a person looks at the entry. */
  card?(): SettingCard;
}

/** What fits at an offset of a conf file. */
export function completeConf(conf: PostgresConf, offset: number): readonly Completion[] {
  const { text: whole, file } = conf.source;
  const start = whole.lastIndexOf('\n', offset - 1) + 1;
  const before = whole.slice(start, offset);
  const after = /^[\w.]*/.exec(whole.slice(offset, offset + 100))?.[0] ?? '';
  const name = /^[ \t]*([A-Za-z_][\w.]*)?$/.exec(before);
  if (name !== null) {
    const place = span(file, offset - (name[1] ?? '').length, offset + after.length);
    const hasValue = /^[ \t]*[^\s#]/.test(whole.slice(place.end, place.end + 100));
    return completeName(conf, place, hasValue ? '' : ' = ');
  }
  const value = /^[ \t]*([A-Za-z_][\w.]*)(?:[ \t]*=[ \t]*|[ \t]+)('?[^'#]*)$/.exec(before);
  const definition = settingsOf(conf.version).find(value?.[1] ?? '');
  if (value === null || definition === undefined) return [];
  const written = value[2] ?? '';
  const closing = /^[\w.]*'?/.exec(whole.slice(offset, offset + 100))?.[0] ?? '';
  return completeValue(
    definition,
    written.replace(/^'/, ''),
    span(file, offset - written.length, offset + closing.length),
    'conf',
  );
}

/** Names of settings in place of the span, each with `behind` after it. */
export function completeName(conf: PostgresConf, place: Span, behind: string): readonly Completion[] {
  const reading = readingOf(conf);
  const settings = reading.catalogue
    .all()
    .filter(({ context }) => context !== 'internal')
    .map((definition): Completion => ({
      label: definition.name,
      kind: 'setting',
      span: place,
      insert: definition.name + behind,
      detail: describe(definition),
      used: reading.line(definition.name) !== undefined,
      card: () => settingCard(definition, conf, reading.line(definition.name)?.value),
    }));
  return conf.form === 'arguments' ? settings : [...settings, ...directives(place)];
}

function directives(place: Span): readonly Completion[] {
  return (['include', 'include_if_exists', 'include_dir'] as const).map((label) => ({
    label,
    kind: 'directive',
    span: place,
    insert: `${label} ''`,
    detail: message(text[label]),
    used: false,
  }));
}

/** Values that a setting takes; behind a number, the number with each unit. On a command line nothing is quoted. */
export function completeValue(
  definition: SettingDefinition,
  written: string,
  place: Span,
  where: 'conf' | 'arguments',
): readonly Completion[] {
  const entry = (label: string, kind: 'value' | 'unit', detail: Message): Completion => ({
    label,
    kind,
    span: place,
    insert: where === 'conf' ? quoteIfNeeded(label) : label,
    detail,
    used: false,
  });
  if (definition.type === 'bool') return ['on', 'off'].map((word) => entry(word, 'value', ofDefault(definition, word)));
  if (definition.type === 'enum') return definition.values.map((word) => entry(word, 'value', ofDefault(definition, word)));
  const number = /^\s*(\d+(?:\.\d+)?)\s*[A-Za-z]*$/.exec(written)?.[1];
  if (definition.unit === undefined || number === undefined) return [];
  return unitsOf(definition.unit).map(([unit]) => entry(number + unit, 'unit', message(UNIT_NAMES[unit] ?? '')));
}

function ofDefault({ defaultText }: SettingDefinition, word: string): Message {
  return message(word === defaultText ? text.isDefault : text.isValue);
}

const UNIT_NAMES: Readonly<Record<string, string>> = {
  TB: text.terabytes,
  GB: text.gigabytes,
  MB: text.megabytes,
  kB: text.kilobytes,
  B: text.bytes,
  d: text.days,
  h: text.hours,
  min: text.minutes,
  s: text.seconds,
  ms: text.milliseconds,
  us: text.microseconds,
};
