import { SETTINGS_TABLE, type Section } from './settings-table.ts';

export type SettingType = 'bool' | 'int' | 'real' | 'string' | 'enum';
export type MemoryUnit = 'B' | 'kB' | '8kB' | 'MB';
export type TimeUnit = 'ms' | 's' | 'min';
export type BaseUnit = MemoryUnit | TimeUnit;
export type SettingContext = 'internal' | 'postmaster' | 'sighup' | 'superuser-backend' | 'backend' | 'superuser' | 'user';

/** One setting as one major version knows it. Figures are in the base unit. */
export interface SettingDefinition {
  readonly name: string;
  readonly type: SettingType;
  readonly unit: BaseUnit | undefined;
  /** As compiled in and as `postgres -C` prints it; initdb may write another into the file. */
  readonly defaultText: string;
  readonly min: number;
  readonly max: number;
  readonly context: SettingContext;
  readonly section: Section;
  /** The first major version that knows it, where that is later than 10; the first that doesn't any more. */
  readonly since: number | undefined;
  readonly removed: number | undefined;
  readonly values: readonly string[];
  /** Accepted, but not listed: what is written, and what it means. */
  readonly synonyms: ReadonlyMap<string, string>;
}

/** Versions that the table knows and the Docker image is still found in. */
export const SUPPORTED_VERSIONS = [10, 11, 12, 13, 14, 15, 16, 17, 18] as const;
export const NEWEST_VERSION = 18;

/** Looks a setting up as the server does: without case, old names first turned into new ones. */
export interface SettingsCatalogue {
  readonly version: number | undefined;
  /** The setting that this version knows by this name, an accepted old name included. */
  find(name: string): SettingDefinition | undefined;
  /** The same in any version; figures are those of the newest that knows it. */
  findAny(name: string): SettingDefinition | undefined;
  all(): readonly SettingDefinition[];
}

/** Without a version, everything that any supported version knows. */
export function settingsOf(version: number | undefined): SettingsCatalogue {
  const findAny = (name: string): SettingDefinition | undefined => {
    const entry = ENTRIES.get(currentName(name, version));
    return entry === undefined ? undefined : asOf(entry, version ?? NEWEST_VERSION);
  };
  return {
    version,
    findAny,
    find(name) {
      const found = findAny(name);
      return found !== undefined && isKnownIn(found, version) ? found : undefined;
    },
    all: () =>
      [...ENTRIES.values()].map((entry) => asOf(entry, version ?? NEWEST_VERSION)).filter((each) => isKnownIn(each, version)),
  };
}

/** Old names that the server still maps to the new ones (map_old_guc_names). */
export function currentName(name: string, version: number | undefined): string {
  // Most names are asked for as the table spells them.
  const lower = ENTRIES.has(name) ? name : asciiLower(name);
  if (lower === 'ssl_ecdh_curve' && (version ?? 0) >= 18) return 'ssl_groups';
  return ALIASES[lower] ?? lower;
}

/** The server folds ASCII letters only. */
export function asciiLower(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function isKnownIn(definition: SettingDefinition, version: number | undefined): boolean {
  if (version === undefined) return (definition.since ?? 0) <= NEWEST_VERSION;
  return (definition.since ?? 0) <= version && version < (definition.removed ?? Infinity);
}

const ALIASES: Readonly<Record<string, string>> = { sort_mem: 'work_mem', vacuum_mem: 'maintenance_work_mem' };

type Row = readonly string[];

const COLUMNS = ['name', 'type', 'unit', 'default', 'min', 'max', 'context', 'section', 'versions', 'values', 'earlier'] as const;

interface Entry {
  readonly row: Row;
  /** As the newest version knows it, and every other one too where nothing ever changed. */
  readonly newest: SettingDefinition;
  /** By version, where something changed. Rules look settings up by the hundred. */
  readonly earlier: ReadonlyMap<number, SettingDefinition> | undefined;
}

/** By lower-case name. About thirty settings changed over the versions; the others are one object for all versions. */
const ENTRIES: ReadonlyMap<string, Entry> = new Map(
  SETTINGS_TABLE.trim()
    .split('\n')
    .map((line): [string, Entry] => {
      const row = line.split('|');
      const newest = definitionOf(row, NEWEST_VERSION);
      const changed = row.length === COLUMNS.length;
      return [asciiLower(newest.name), { row, newest, earlier: changed ? inEachVersion(row) : undefined }];
    }),
);

function inEachVersion(row: Row): ReadonlyMap<number, SettingDefinition> {
  return new Map(SUPPORTED_VERSIONS.map((version) => [version, definitionOf(row, version)]));
}

function asOf({ row, newest, earlier }: Entry, version: number): SettingDefinition {
  return earlier === undefined ? newest : (earlier.get(version) ?? definitionOf(row, version));
}

function definitionOf(row: Row, version: number): SettingDefinition {
  const cells = new Map<string, string>(COLUMNS.map((column, at) => [column, row[at] ?? '']));
  // Later changes first, so that the change nearest to the version has the last word.
  const changes = [...(cells.get('earlier') ?? '').matchAll(/<(\d+) (\w+)=([^;]*)/g)].reverse();
  for (const [, before, column = '', value = ''] of changes) if (version < Number(before)) cells.set(column, value);
  const cell = (name: (typeof COLUMNS)[number]): string => cells.get(name) ?? '';
  const type = cell('type') as SettingType;
  const [since, removed] = cell('versions').split('-');
  const [values, synonyms] = cell('values').split(' (');
  return {
    name: cell('name'),
    type,
    unit: cell('unit') === '' ? undefined : (cell('unit') as BaseUnit),
    defaultText: cell('default'),
    min: limit(cell('min'), type),
    max: limit(cell('max'), type),
    context: cell('context') as SettingContext,
    section: cell('section') as Section,
    since: whole(since),
    removed: whole(removed),
    values: type === 'enum' ? list(values) : [],
    synonyms: new Map(list(synonyms?.replace(')', '')).map((pair) => pair.split('=') as [string, string])),
  };
}

function limit(text: string, type: SettingType): number {
  if (text === 'max') return type === 'real' ? Number.MAX_VALUE : 2147483647;
  return Number(text);
}

function whole(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function list(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}
