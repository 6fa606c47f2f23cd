import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate, RegionOrigin } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { turnDown } from '../fitting.ts';
import { postgresNumbers, type PostgresNumbers, type ServerNumber, type SettingName } from '../postgres-settings.ts';
import { text } from '../beyond-text.ts';
import { formula, inMebibytes, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel, SettingChange } from '../runtime-model.ts';

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
    return numbers === undefined ? unknown('postgres', 'variable') : estimateOf(settingsOf(numbers, shmOf(inputs)));
  },
  fitTo(inputs, limit) {
    const numbers = postgresNumbers(inputs);
    if (numbers === undefined) return undefined;
    const settings = settingsOf(numbers, shmOf(inputs));
    const whole = estimateOf(settings);
    // One knob, not twelve: all of them together go from what is set down to what the smallest server has.
    return turnDown({
      least: 0,
      // Above a hundred percent lies the server as it is, parallel queries included.
      most: UNCHANGED,
      limit,
      estimate: (percent) => (percent === UNCHANGED ? whole : estimateOf(scaled(settings, percent / 100))),
      change: (percent) => changes(numbers, settings, scaled(settings, percent / 100)),
    });
  },
  examples: [
    {
      service: 'image: postgres:16-alpine',
      peak: mebibytes(393),
      because: 'the defaults: 128MB of shared buffers and room for 100 connections',
    },
    {
      service: 'image: postgres:16\ncommand: postgres -c shared_buffers=32MB -c max_connections=20 -c work_mem=1MB',
      peak: mebibytes(173),
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
  readonly connections: number;
  readonly slots: number;
  readonly lockKib: number;
  readonly dynamicShared: number;
  readonly parallel: number;
  readonly jit: boolean;
  /** Of /dev/shm, in MiB. */
  readonly shm: number;
  readonly origins: Readonly<Partial<Record<SettingName, RegionOrigin>>>;
}

const UNCHANGED = 101;
const MEASURED = 'PostgreSQL 15, x86_64';

function estimateOf(settings: Settings): KnownEstimate {
  const { origins } = settings;
  const shared = sharedMemory(settings);
  const busy = busyConnections(settings.connections);
  const sorting = sortingConnections(settings.connections);
  const connections = busy * PER_CONNECTION;
  const sorts = sorting * settings.workMem * Math.max(1.2, settings.hashMultiplier) * SORT_SHARE;
  const { workers, segments } = parallelQuery(settings, sorting);
  const builds = Math.min(settings.maintenance, LARGEST_BUILD) * BUILD_FACTOR;
  const regions = [
    region(
      'Shared memory',
      'unreclaimable',
      shared * 0.6,
      shared,
      origins.shared_buffers ?? formula('1.03 × shared_buffers, locks and slots'),
    ),
    region('Server processes', 'unreclaimable', 9, BASE, measured(MEASURED)),
    region(
      'Connections',
      'unreclaimable',
      connections * 0.4,
      connections,
      formula(`1.85 MiB × ${busy.toFixed(0)} busy connections, kernel's share included`),
    ),
    region('Sorts and hashes', 'unreclaimable', settings.workMem, sorts, origins.work_mem ?? formula('work_mem')),
    region('Parallel workers', 'unreclaimable', 0, workers, formula('work_mem again in each of up to 8 workers')),
    region(
      'Parallel queries in /dev/shm',
      'unreclaimable',
      0,
      segments,
      formula('hash tables of parallel joins, at most the size of /dev/shm'),
    ),
    region(
      'Index builds and vacuum',
      'unreclaimable',
      0,
      builds - connections - sorts,
      origins.maintenance_work_mem ?? formula('1.3 × maintenance_work_mem, beyond what connections leave'),
    ),
    programText(TEXT, measured(MEASURED)),
  ];
  return known(
    'postgres',
    regions,
    mebibytes(FLOOR + shared * 0.1),
    'measured',
    settings.jit ? [text.jit, text.catalogues] : [text.catalogues],
  );
}

const BASE = 13;
const TEXT = 16;
/** With a handful of connections, while nine tenths of the shared buffers lie untouched. */
const FLOOR = 38;
/** Private memory of a backend after simple queries, 1.2 MiB, and its stack, tables and sockets in the kernel. */
const PER_CONNECTION = 1.85;
/** Sorts and hashes at the same time don't peak in the same moment. */
const SORT_SHARE = 0.8;
/** A serial index build took 1.3 to 1.45 times the setting, and tables on a Pi are seldom large enough for more than this. */
const BUILD_FACTOR = 1.3;
const LARGEST_BUILD = 256;

/** Small limits get used up; of a hundred connections that are allowed, many stay idle. */
function busyConnections(allowed: number): number {
  return Math.min(allowed <= 40 ? allowed * 0.9 : 36 + (allowed - 40) * 0.57, 120);
}

function sortingConnections(allowed: number): number {
  return Math.min(6, Math.max(2, allowed / 5));
}

/** Each worker is a backend with a work_mem of its own; joins share their hash tables through /dev/shm. */
function parallelQuery({ parallel, workMem, hashMultiplier, shm }: Settings, sorting: number) {
  const busy = Math.min(sorting * Math.min(parallel, 2), 8);
  const segments = Math.min(shm, busy * workMem * hashMultiplier * 0.3);
  return { workers: busy * (workMem * 0.6 + PER_CONNECTION), segments };
}

/** Within 0.5 % of what the server computes itself (`postgres -C shared_memory_size`) from 16 MB to 512 MB. */
function sharedMemory({ sharedBuffers, walBuffers, slots, lockKib, dynamicShared }: Settings): number {
  return 1.03 * sharedBuffers + walBuffers + 0.9 + (slots * lockKib) / 1024 + dynamicShared;
}

function settingsOf(numbers: PostgresNumbers, shm = DOCKER_SHM): Settings {
  const at = (name: SettingName): number => numbers.number(name).value;
  const sharedBuffers = at('shared_buffers');
  const wal = at('wal_buffers');
  const maintenance = Math.max(at('maintenance_work_mem'), at('autovacuum_work_mem'));
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
    connections: at('max_connections'),
    slots,
    lockKib: 9.5 + 0.38 * at('max_locks_per_transaction') + 0.235 * at('max_pred_locks_per_transaction'),
    dynamicShared: at('min_dynamic_shared_memory'),
    parallel: Math.min(at('max_parallel_workers_per_gather'), at('max_parallel_workers'), at('max_worker_processes')),
    jit: at('jit') > 0 && numbers.version >= 12,
    shm,
    origins: originsOf(numbers),
  };
}

const DOCKER_SHM = 64;

function shmOf({ service }: RuntimeInputs): number {
  const size = service.memory.shm?.value;
  return size === undefined || size <= 0 ? DOCKER_SHM : inMebibytes(size);
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
