import { parseServerArguments } from '../documents/postgres/arguments.ts';
import { scanInteger, scanReal, toBaseUnit } from '../documents/postgres/numbers.ts';
import { parsePostgresConf } from '../documents/postgres/parse.ts';
import type { RegionOrigin } from './estimate.ts';
import { imageOf, programWords, variable } from './program.ts';
import { byDefault } from './regions.ts';
import type { RuntimeInputs } from './runtime-model.ts';
import type { Located } from '../documents/located.ts';

/** A number of the server: MiB for sizes, else as it is; with the place that decides it. */
export interface ServerNumber {
  readonly value: number;
  readonly from: RegionOrigin;
  /** The word of the command that carries it. */
  readonly located?: Located<string>;
}

export interface PostgresNumbers {
  readonly version: number;
  number(name: SettingName): ServerNumber;
}

/** What the server will run with: the command beats the conf file that it reads, initdb's own settings come last. */
export function postgresNumbers(inputs: RuntimeInputs): PostgresNumbers | undefined {
  const version = versionOf(inputs);
  const written = new Map<string, Written>([...fromInitdb(inputs, version), ...fromConf(inputs), ...fromCommand(inputs)]);
  // A value that can't be known (`${BUFFERS}` unset) must not be mistaken for the default.
  if ([...written].some(([name, { text }]) => text === undefined && name in SETTINGS)) return undefined;
  const known = new Map<SettingName, ServerNumber>();
  const number = (name: SettingName): ServerNumber => {
    const found = known.get(name) ?? numberOf(name, written.get(name), version);
    known.set(name, found);
    return found;
  };
  return { version, number };
}

export type SettingName = keyof typeof SETTINGS;

/** Base unit and default of each setting that bears on memory; `late` is what the version named changed it to. */
const SETTINGS = {
  shared_buffers: { unit: '8kB', value: 128 },
  wal_buffers: { unit: '8kB', value: -1 },
  temp_buffers: { unit: '8kB', value: 8 },
  work_mem: { unit: 'kB', value: 4 },
  maintenance_work_mem: { unit: 'kB', value: 64 },
  autovacuum_work_mem: { unit: 'kB', value: -1 },
  min_dynamic_shared_memory: { unit: 'MB', value: 0 },
  hash_mem_multiplier: { value: 1, late: [15, 2] },
  max_connections: { value: 100 },
  max_worker_processes: { value: 8 },
  max_parallel_workers: { value: 8 },
  max_parallel_workers_per_gather: { value: 2 },
  autovacuum_max_workers: { value: 3 },
  max_wal_senders: { value: 10 },
  max_prepared_transactions: { value: 0 },
  max_locks_per_transaction: { value: 64 },
  max_pred_locks_per_transaction: { value: 64 },
  jit: { value: 1 },
} as const satisfies Readonly<Record<string, { unit?: '8kB' | 'kB' | 'MB'; value: number; late?: readonly [number, number] }>>;

interface Written {
  readonly text: string | undefined;
  readonly from: RegionOrigin;
  readonly located?: Located<string>;
}

function numberOf(name: SettingName, written: Written | undefined, version: number): ServerNumber {
  const definition: { unit?: '8kB' | 'kB' | 'MB'; value: number; late?: readonly [number, number] } = SETTINGS[name];
  const { unit, value, late } = definition;
  const fallback = late !== undefined && version >= late[0] ? late[1] : value;
  if (written?.text === undefined)
    return { value: fallback, from: byDefault(`${name} ${String(fallback)}${unit === undefined ? '' : 'MB'}`) };
  const read = /^(?:on|true|yes|t|y)$/i.test(written.text)
    ? 1
    : /^(?:off|false|no|f|n)$/i.test(written.text)
      ? 0
      : numeric(written.text, unit);
  // What the server refuses is another rule's finding; here its default stands in.
  return { ...written, value: read ?? fallback };
}

function numeric(text: string, unit: '8kB' | 'kB' | 'MB' | undefined): number | undefined {
  const scanned = scanInteger(text) ?? scanReal(text);
  if (scanned === undefined) return undefined;
  if (unit === undefined) return scanned.value;
  const suffix = text.slice(scanned.end).trim();
  const based = suffix === '' ? scanned.value : toBaseUnit(scanned.value, suffix, unit);
  return based === undefined || based < 0 ? based : (based * KIB_OF[unit]) / 1024;
}

const KIB_OF = { '8kB': 8, kB: 1, MB: 1024 } as const;

function fromCommand(inputs: RuntimeInputs): readonly (readonly [string, Written])[] {
  const words = programWords(inputs);
  const start = /(?:^|\/)(?:postgres|postmaster)$/.test(words[0]?.text ?? '') ? 1 : 0;
  const options = words.slice(start);
  const { settings } = parseServerArguments(options.map((word) => word.text));
  return settings.map(({ name, value, word, valueAt }): readonly [string, Written] => {
    const located = options[valueAt?.word ?? word];
    const known = located?.value === undefined ? undefined : value;
    return [
      name.toLowerCase(),
      located === undefined ? UNWRITTEN : { text: known, from: { kind: 'file', span: located.spans[0] }, located },
    ];
  });
}

const UNWRITTEN: Written = { text: undefined, from: byDefault('command') };

/** A file merely mounted is not read: somebody has to name it, or it has to lie in the data folder. */
function fromConf(inputs: RuntimeInputs): readonly (readonly [string, Written])[] {
  const { configFile } = parseServerArguments(
    programWords(inputs)
      .map((word) => word.text)
      .filter((text) => !/^postgres$/.test(text)),
  );
  const path = configFile ?? `${variable(inputs, 'PGDATA')?.text ?? '/var/lib/postgresql/data'}/postgresql.conf`;
  const source = inputs.files?.get(path);
  if (source === undefined) return [];
  return parsePostgresConf(source)
    .entries.filter((entry) => entry.kind === 'setting')
    .map((entry): readonly [string, Written] => [
      entry.name.toLowerCase(),
      { text: entry.value, from: { kind: 'file', span: entry.valueSpan } },
    ]);
}

/** initdb takes `-c name=value` since 16. */
function fromInitdb(inputs: RuntimeInputs, version: number): readonly (readonly [string, Written])[] {
  const written = variable(inputs, 'POSTGRES_INITDB_ARGS');
  if (written === undefined || version < 16) return [];
  return [...(written.text ?? '').matchAll(/(?:^|\s)(?:-c|--set)[ =]?\s*([a-z_]+)=(\S+)/g)].map(
    (match): readonly [string, Written] => [match[1] ?? '', { text: match[2] ?? '', from: written.from }],
  );
}

/** `pg16` names the version in images that count their own releases (pgvector, timescaledb). */
function versionOf(inputs: RuntimeInputs): number {
  const image = imageOf(inputs);
  const named = Number(/(?:^|[^a-z])pg(\d+)/.exec(image?.tag ?? '')?.[1]);
  if (!Number.isNaN(named)) return named;
  const major = image?.major;
  return major !== undefined && major >= 9 && major <= 30 ? major : NEWEST;
}

const NEWEST = 18;
