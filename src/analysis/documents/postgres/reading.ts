import { once } from '../../../base/once.ts';
import type { ConfSetting, PostgresConf } from './model.ts';
import { settingsOf, type SettingDefinition, type SettingsCatalogue } from './settings.ts';
import { readValue, type SettingValue } from './value.ts';

/** A conf file as its server takes it: which line decides, and what it comes to. */
export interface ConfReading {
  readonly catalogue: SettingsCatalogue;
  /** Every setting line, in order. */
  readonly settings: readonly ConfSetting[];
  /** The line that decides, whatever name it uses. */
  line(name: string): ConfSetting | undefined;
  /** What the server will use: the command line's or postgresql.auto.conf's value before the file's, else the default. */
  value(name: string): SettingValue | undefined;
  /** The same as a number in the base unit; a boolean counts 1 or 0. */
  number(name: string): number;
  /** The same as text; what the server would refuse counts as not written. */
  word(name: string): string;
  definitionOf(setting: ConfSetting): SettingDefinition | undefined;
}

export function readingOf(conf: PostgresConf): ConfReading {
  return conf.reading?.() ?? read(conf);
}

/** The conf with its reading, which some thirty rules share: nothing of the conf may change behind it. */
export function withReading(conf: PostgresConf): PostgresConf {
  return { ...conf, reading: once(() => read(conf)) };
}

function read(conf: PostgresConf): ConfReading {
  const catalogue = settingsOf(conf.version);
  const settings = conf.entries.filter((entry) => entry.kind === 'setting');
  const deciding = new Map(settings.map((setting) => [keyOf(catalogue, setting.name), setting]));
  const line = (name: string): ConfSetting | undefined => deciding.get(keyOf(catalogue, name));
  const known = new Map<string, SettingValue | undefined>();
  const value = (name: string): SettingValue | undefined => {
    if (!known.has(name)) known.set(name, valueOf(name));
    return known.get(name);
  };
  const valueOf = (name: string): SettingValue | undefined => {
    const definition = catalogue.find(name);
    if (definition === undefined) return undefined;
    const written = conf.container?.overridden.get(definition.name.toLowerCase())?.value ?? line(name)?.value;
    const read = readValue(definition, written ?? definition.defaultText, { version: conf.version });
    if (read.ok) return read.value;
    const fallback = readValue(definition, definition.defaultText, { version: conf.version });
    return fallback.ok ? fallback.value : undefined;
  };
  return {
    catalogue,
    settings,
    line,
    value,
    number: (name) => numberOf(value(name)),
    word: (name) => wordOf(value(name)),
    definitionOf: ({ name }) => catalogue.find(name),
  };
}

function keyOf(catalogue: SettingsCatalogue, name: string): string {
  return (catalogue.findAny(name)?.name ?? name).toLowerCase();
}

function numberOf(value: SettingValue | undefined): number {
  if (value?.kind === 'int' || value?.kind === 'real') return value.number;
  return value?.kind === 'bool' && value.on ? 1 : 0;
}

function wordOf(value: SettingValue | undefined): string {
  if (value?.kind === 'string') return value.text;
  if (value?.kind === 'word') return value.word;
  return value?.kind === 'bool' ? (value.on ? 'on' : 'off') : String(numberOf(value));
}
