import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate, RegionOrigin } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { livesWithin, turnDown } from '../fitting.ts';
import { postgresNumbers, type PostgresNumbers, type ServerNumber, type SettingName } from '../postgres-settings.ts';
import { formula, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeModel, SettingChange } from '../runtime-model.ts';

export const postgres: RuntimeModel = {
  id: 'postgres',
  references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html'],
  detects: (inputs) =>
    evidenceOf(inputs, {
      image: /^(?:postgres|postgresql|postgis|pgvector|timescaledb|timescaledb-ha|paradedb|pgvecto-rs)$/,
      program: /^(?:postgres|postmaster)$/,
    }),
  estimate(inputs) {
    const numbers = postgresNumbers(inputs);
    return numbers === undefined ? unknown('postgres', 'variable') : estimateOf(settingsOf(numbers));
  },
  fitTo(inputs, limit) {
    const numbers = postgresNumbers(inputs);
    if (numbers === undefined) return undefined;
    const settings = settingsOf(numbers);
    const whole = estimateOf(settings);
    if (livesWithin(whole, limit)) return { estimate: whole, changes: [] };
    // One knob, not twelve: all of them together go from what is set down to what the smallest server has.
    return turnDown({
      least: 0,
      most: 100,
      limit,
      estimate: (percent) => estimateOf(scaled(settings, percent / 100)),
      change: (percent) => changes(numbers, settings, scaled(settings, percent / 100)),
    });
  },
  examples: [
    {
      service: 'image: postgres:16-alpine',
      peak: mebibytes(341),
      because: 'the defaults: 128MB of shared buffers and room for 100 connections',
    },
    {
      service: 'image: postgres:16\ncommand: postgres -c shared_buffers=32MB -c max_connections=20 -c work_mem=1MB',
      peak: mebibytes(163),
      because: 'a small server, as a 512 MB board can carry it',
    },
  ],
};

/** The same for numbers that come from elsewhere: a conf file that no service mounts, a tuner's proposal. */
export function estimateServer(numbers: PostgresNumbers): KnownEstimate {
  return estimateOf(settingsOf(numbers));
}

interface Settings {
  readonly version: number;
  readonly sharedBuffers: number;
  readonly walBuffers: number;
  readonly workMem: number;
  readonly hashMultiplier: number;
  readonly maintenance: number;
  readonly autovacuum: number;
  readonly autovacuumWorkers: number;
  readonly connections: number;
  readonly slots: number;
  readonly lockKib: number;
  readonly dynamicShared: number;
  readonly parallel: number;
  readonly jit: boolean;
  readonly origins: Readonly<Partial<Record<SettingName, RegionOrigin>>>;
}

const MEASURED = 'PostgreSQL 15, x86_64';

function estimateOf(settings: Settings): KnownEstimate {
  const { origins } = settings;
  const busy = Math.min(settings.connections, BUSY_CONNECTIONS);
  const sorting = Math.min(settings.connections, SORTING);
  const shared = sharedMemory(settings);
  const perQuery = settings.workMem * Math.max(1.2, settings.hashMultiplier);
  const parallel = Math.min(settings.parallel, 2) * sorting;
  const regions = [
    region(
      'Shared memory',
      'unreclaimable',
      shared * 0.6,
      shared,
      origins.shared_buffers ?? formula('1.03 × shared_buffers + locks and slots'),
    ),
    region('Server processes', 'unreclaimable', 6, 8, measured(MEASURED)),
    region(
      'Connections',
      'unreclaimable',
      busy * 0.5 * PER_CONNECTION,
      busy * PER_CONNECTION,
      formula(`${String(PER_CONNECTION)} MiB × ${String(busy)} busy connections`),
    ),
    region(
      'Sorts and hashes',
      'unreclaimable',
      settings.workMem,
      (sorting + parallel) * perQuery,
      origins.work_mem ?? formula('work_mem'),
    ),
    region(
      'Autovacuum',
      'unreclaimable',
      0,
      Math.min(settings.autovacuum, 32) * Math.min(settings.autovacuumWorkers, 1),
      origins.maintenance_work_mem ?? formula('maintenance_work_mem'),
    ),
    programText(12, measured(MEASURED)),
  ];
  return known('postgres', regions, mebibytes(40), 'measured');
}

const BUSY_CONNECTIONS = 20;
const SORTING = 4;
const PER_CONNECTION = 2.5;

/** Within 0.5 % of what the server computes itself (`postgres -C shared_memory_size`) from 16 MB to 512 MB. */
function sharedMemory({ sharedBuffers, walBuffers, slots, lockKib, dynamicShared }: Settings): number {
  return 1.03 * sharedBuffers + walBuffers + 0.9 + (slots * lockKib) / 1024 + dynamicShared;
}

function settingsOf(numbers: PostgresNumbers): Settings {
  const at = (name: SettingName): number => numbers.number(name).value;
  const sharedBuffers = at('shared_buffers');
  const wal = at('wal_buffers');
  const maintenance = at('maintenance_work_mem');
  const autovacuum = at('autovacuum_work_mem');
  const slots =
    at('max_connections') +
    at('autovacuum_max_workers') +
    1 +
    at('max_worker_processes') +
    at('max_wal_senders') +
    at('max_prepared_transactions');
  return {
    version: numbers.version,
    sharedBuffers,
    walBuffers: wal < 0 ? Math.min(Math.max(sharedBuffers / 32, 0.0625), 16) : wal,
    workMem: at('work_mem'),
    hashMultiplier: at('hash_mem_multiplier'),
    maintenance,
    autovacuum: autovacuum < 0 ? maintenance : autovacuum,
    autovacuumWorkers: at('autovacuum_max_workers'),
    connections: at('max_connections'),
    slots,
    lockKib: 9.5 + 0.38 * at('max_locks_per_transaction') + 0.235 * at('max_pred_locks_per_transaction'),
    dynamicShared: at('min_dynamic_shared_memory'),
    parallel: Math.min(at('max_parallel_workers_per_gather'), at('max_parallel_workers'), at('max_worker_processes')),
    jit: at('jit') > 0 && numbers.version >= 12,
    origins: originsOf(numbers),
  };
}

function originsOf(numbers: PostgresNumbers): Settings['origins'] {
  const names = ['shared_buffers', 'work_mem', 'max_connections', 'maintenance_work_mem'] as const;
  return Object.fromEntries(names.map((name) => [name, numbers.number(name).from]));
}

/** What a small server lives on; nothing is turned below it, and nothing that is smaller is raised. */
const LEAST = { sharedBuffers: 16, workMem: 1, maintenance: 16, connections: 10 } as const;

function scaled(settings: Settings, share: number): Settings {
  const down = (value: number, least: number): number => (value <= least ? value : Math.floor(least + (value - least) * share));
  const sharedBuffers = down(settings.sharedBuffers, LEAST.sharedBuffers);
  const maintenance = down(settings.maintenance, LEAST.maintenance);
  const connections = down(settings.connections, LEAST.connections);
  return {
    ...settings,
    sharedBuffers,
    walBuffers: Math.min(settings.walBuffers, Math.max(sharedBuffers / 32, 0.0625)),
    workMem: down(settings.workMem, LEAST.workMem),
    maintenance,
    autovacuum: Math.min(settings.autovacuum, maintenance),
    connections,
    slots: settings.slots - settings.connections + connections,
    parallel: 0,
  };
}

function changes(numbers: PostgresNumbers, before: Settings, after: Settings): readonly SettingChange[] {
  const size = (value: number): string => `${String(value)}MB`;
  const all: readonly (readonly [SettingName, number, number, (value: number) => string])[] = [
    ['shared_buffers', before.sharedBuffers, after.sharedBuffers, size],
    ['work_mem', before.workMem, after.workMem, size],
    ['maintenance_work_mem', before.maintenance, after.maintenance, size],
    ['max_connections', before.connections, after.connections, String],
    ['max_parallel_workers_per_gather', before.parallel, after.parallel, String],
  ];
  return all
    .filter(([, old, now]) => old !== now)
    .map(([name, old, now, write]) => change(name, write(old), write(now), numbers.number(name)));
}

function change(setting: SettingName, before: string, after: string, written: ServerNumber): SettingChange {
  const word = written.located;
  const replaces = word?.text.includes('=') === true ? word : undefined;
  const dashes = replaces?.text.startsWith('--') === true ? '--' : '';
  const words = replaces === undefined ? ['-c', `${setting}=${after}`] : [`${dashes}${setting}=${after}`];
  return { setting, before, after, place: { kind: 'words', words, replaces, program: 'postgres' } };
}
