import { bytes, formatBytes } from '../../base/bytes.ts';
import { message, type Message } from '../../base/message.ts';
import { withUnit } from '../documents/postgres/format.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';
import { ABSOLUTE } from '../documents/postgres/numbers.ts';
import { NEWEST_VERSION, type BaseUnit, type SettingDefinition } from '../documents/postgres/settings.ts';
import { readValue } from '../documents/postgres/value.ts';
import { memoryEffect } from './memory-effect.ts';
import { text as sections } from './section-text.ts';
import { text } from './setting-text.ts';

/** What a person wants to know about a setting, as lines in order. A front end renders them; the link is the manual's. */
export interface SettingCard {
  readonly name: string;
  readonly lines: readonly Message[];
  readonly manual: string;
}

/** The card of a setting, with the value that stands at hand where there is one. */
export function settingCard(definition: SettingDefinition, conf: PostgresConf, written?: string): SettingCard {
  const lines = [
    describe(definition),
    written === undefined ? undefined : meaning(definition, written, conf.version),
    ofDefault(definition),
    ofRange(definition),
    ofValues(definition),
    APPLIES[definition.context] === undefined ? undefined : message(APPLIES[definition.context] ?? ''),
    ofVersions(definition),
    message(sections[definition.section]),
    memoryEffect(definition, written, conf),
  ];
  return {
    name: definition.name,
    lines: lines.filter((line) => line !== undefined),
    manual: manualLink(definition, conf.version),
  };
}

/** One line: what the setting is for, else what kind of value it takes and where it belongs. */
export function describe({ name, type, unit }: SettingDefinition): Message {
  const own = (text as Readonly<Record<string, string>>)[name];
  if (own !== undefined) return message(own);
  const counted = (type === 'int' || type === 'real') && unit !== undefined;
  return message(counted ? text.genericNumber : GENERIC[type], counted ? { unit } : {});
}

const GENERIC = {
  bool: text.genericBool,
  int: text.genericPlainNumber,
  real: text.genericPlainNumber,
  enum: text.genericEnum,
  string: text.genericText,
} as const;

const APPLIES: Readonly<Record<SettingDefinition['context'], string | undefined>> = {
  postmaster: text.needsRestart,
  sighup: text.needsReload,
  'superuser-backend': text.newSessions,
  backend: text.newSessions,
  superuser: text.bySuperuser,
  user: text.byAnyone,
  internal: text.preset,
};

function meaning(definition: SettingDefinition, written: string, version: number | undefined): Message | undefined {
  const read = readValue(definition, written, { version });
  if (!read.ok || read.value.kind !== 'int' || definition.unit === undefined) return undefined;
  const { number } = read.value;
  return number <= 0 ? undefined : message(text.here, { value: withUnit(number, definition.unit) });
}

function ofDefault({ defaultText, type, unit }: SettingDefinition): Message {
  const number = Number(defaultText);
  const plain = (type === 'int' || type === 'real') && defaultText !== '' && number > 0 ? withUnit(number, unit) : defaultText;
  return message(text.default, { value: plain === '' ? "''" : plain });
}

function ofRange({ type, unit, min, max }: SettingDefinition): Message | undefined {
  if (type !== 'int' && type !== 'real') return undefined;
  const plain = (limit: number): string => (limit <= 0 ? String(limit) : readable(limit, unit));
  if (max >= 2147483647) return message(text.atLeast, { min: plain(min) });
  return message(text.between, { min: plain(min), max: plain(max) });
}

/** Round where the exact number says nothing to anybody: 8 TiB rather than 8388600kB. */
function readable(limit: number, unit: BaseUnit | undefined): string {
  if (unit === undefined) return String(limit);
  const exact = withUnit(limit, unit);
  const size = limit * ABSOLUTE[unit];
  return exact.length > 7 && unit !== 'ms' && unit !== 's' && unit !== 'min' ? formatBytes(bytes(size)) : exact;
}

function ofValues({ values }: SettingDefinition): Message | undefined {
  return values.length === 0 ? undefined : message(text.values, { values: values.join(', ') });
}

function ofVersions({ since, removed }: SettingDefinition): Message | undefined {
  if (removed !== undefined && removed <= NEWEST_VERSION) return message(text.removedIn, { version: removed });
  return since === undefined ? undefined : message(text.addedIn, { version: since });
}

function manualLink({ name, section }: SettingDefinition, version: number | undefined): string {
  const anchor = `GUC-${name.replace(/_/g, '-').toUpperCase()}`;
  return `https://www.postgresql.org/docs/${version === undefined ? 'current' : String(version)}/${PAGES[section] ?? 'runtime-config'}.html#${anchor}`;
}

/** The page of the manual that each section stands on. */
const PAGES: Readonly<Partial<Record<SettingDefinition['section'], string>>> = {
  archiving: 'runtime-config-wal',
  auth: 'runtime-config-connection',
  autovacuum: 'runtime-config-autovacuum',
  bgwriter: 'runtime-config-resource',
  checkpoints: 'runtime-config-wal',
  client: 'runtime-config-client',
  compatibility: 'runtime-config-compatible',
  connection: 'runtime-config-connection',
  costs: 'runtime-config-query',
  developer: 'runtime-config-developer',
  disk: 'runtime-config-resource',
  error: 'runtime-config-error-handling',
  files: 'runtime-config-file-locations',
  geqo: 'runtime-config-query',
  io: 'runtime-config-resource',
  kernel: 'runtime-config-resource',
  libraries: 'runtime-config-client',
  locale: 'runtime-config-client',
  locks: 'runtime-config-locks',
  logging: 'runtime-config-logging',
  memory: 'runtime-config-resource',
  methods: 'runtime-config-query',
  parallel: 'runtime-config-resource',
  planner: 'runtime-config-query',
  preset: 'runtime-config-preset',
  recovery: 'runtime-config-wal',
  replication: 'runtime-config-replication',
  ssl: 'runtime-config-connection',
  standby: 'runtime-config-replication',
  statement: 'runtime-config-client',
  statistics: 'runtime-config-statistics',
  subscribers: 'runtime-config-replication',
  tcp: 'runtime-config-connection',
  vacuum: 'runtime-config-resource',
  wal: 'runtime-config-wal',
};
