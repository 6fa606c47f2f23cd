import { run } from '../../../../test/lab/run.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly maxmemory?: string;
  readonly persistence: 'none' | 'rdb' | 'aof';
  readonly keys: number;
  readonly valueBytes: number;
  readonly connections?: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'max64-none', maxmemory: '64mb', persistence: 'none', keys: 120_000, valueBytes: 1000, search: true },
  { id: 'max64-rdb', maxmemory: '64mb', persistence: 'rdb', keys: 120_000, valueBytes: 1000, search: true },
  { id: 'max64-aof', maxmemory: '64mb', persistence: 'aof', keys: 120_000, valueBytes: 1000, search: true },
  { id: 'unbounded-40k-keys-rdb', persistence: 'rdb', keys: 40_000, valueBytes: 1000, search: true },
  { id: 'max64-rdb-small-values', maxmemory: '64mb', persistence: 'rdb', keys: 800_000, valueBytes: 60, search: true },
  { id: 'max32-none', maxmemory: '32mb', persistence: 'none', keys: 60_000, valueBytes: 1000 },
  { id: 'max32-rdb', maxmemory: '32mb', persistence: 'rdb', keys: 60_000, valueBytes: 1000, search: true },
  { id: 'max128-none', maxmemory: '128mb', persistence: 'none', keys: 240_000, valueBytes: 1000, search: true },
  { id: 'max128-aof', maxmemory: '128mb', persistence: 'aof', keys: 240_000, valueBytes: 1000, search: true },
  { id: 'max256-rdb', maxmemory: '256mb', persistence: 'rdb', keys: 400_000, valueBytes: 1000, search: true },
  {
    id: 'max64-none-500-clients',
    maxmemory: '64mb',
    persistence: 'none',
    keys: 120_000,
    valueBytes: 1000,
    connections: 500,
    search: true,
  },
  { id: 'max64-rdb-large-values', maxmemory: '64mb', persistence: 'rdb', keys: 2000, valueBytes: 50_000, search: true },
  { id: 'empty', persistence: 'none', keys: 10, valueBytes: 10 },
];

export const redis: Program = {
  id: 'redis',
  packages: ['redis-server', 'redis-tools'],
  version: ['redis-server', '--version'],
  image: { name: 'calibrate-redis', programs: ['redis-server'], folders: [{ path: '/data' }] },
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, maxmemory, persistence, keys, valueBytes, connections = 50 } = variant;
  const command = [
    ...['redis-server', '--protected-mode', 'no'],
    ...(maxmemory === undefined ? [] : ['--maxmemory', maxmemory, '--maxmemory-policy', 'allkeys-lru']),
    // Without any --save the built-in schedule holds: 3600 1 300 100 60 10000.
    ...(persistence === 'rdb' ? [] : ['--save', '']),
    ...(persistence === 'aof' ? ['--appendonly', 'yes'] : []),
  ];
  const snapshot = { none: undefined, rdb: 'BGSAVE', aof: 'BGREWRITEAOF' }[persistence];
  return {
    id,
    settings: { maxmemory: maxmemory ?? 0, persistence, keys, valueBytes, connections },
    service: { image: 'redis:7', command },
    docker: ['--workdir', '/data'],
    describes: `${String(connections)} connections set up to ${String(keys)} keys of ${String(valueBytes)} bytes three times over${snapshot === undefined ? '' : `, with ${snapshot} all along`}`,
    search: variant.search === true,
    ready: async (target) => (await cli(target, 'PING')).startsWith('PONG'),
    load: async (target) => {
      await set(target, keys, valueBytes, connections);
      const writing = { done: false };
      const writes = set(target, keys, valueBytes, connections).then(() => set(target, keys, valueBytes, connections));
      await Promise.all([
        writes.finally(() => (writing.done = true)),
        snapshot === undefined ? undefined : snapshots(target, snapshot, writing),
      ]);
      await cli(target, 'PING');
    },
  };
}

async function set(target: Target, keys: number, valueBytes: number, connections: number): Promise<void> {
  const total = Math.max(keys, Math.min(150_000, Math.round(200e6 / valueBytes)));
  const size = ['-r', String(keys), '-n', String(total), '-d', String(valueBytes), '-c', String(connections), '-P', '16'];
  await run('redis-benchmark', ['-h', target.address, '-t', 'set', '-q', ...size]);
}

/** One after the other while there are writes, and at least one: each copies what is written to meanwhile. */
async function snapshots(target: Target, command: string, writing: { done: boolean }): Promise<void> {
  do {
    await cli(target, command);
    while (/(?:rdb_bgsave|aof_rewrite)_in_progress:1/.test(await cli(target, 'INFO', 'persistence'))) {
      target.signal.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } while (!writing.done);
}

function cli(target: Target, ...command: string[]): Promise<string> {
  return run('redis-cli', ['-h', target.address, ...command], { timeoutMs: 60_000 });
}
