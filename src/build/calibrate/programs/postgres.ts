import { run } from '../../../../test/lab/run.ts';
import { type ImageRecipe } from '../../../../test/lab/tiny-image.ts';
import { type Settings } from '../measurement.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  /** Given with -c; what is missing is the server's default. */
  readonly conf: Settings;
  /** 15 MB of data each. */
  readonly scale: number;
  readonly clients: number;
  /** Clients that sort and hash the whole table. */
  readonly sorters: number;
  readonly shm?: string;
  readonly search?: boolean;
}

const SMALL = { shared_buffers: '32MB', max_connections: 20, work_mem: '1MB', maintenance_work_mem: '16MB' };
const SERIAL = { max_parallel_workers_per_gather: 0, max_parallel_maintenance_workers: 0 };

const VARIANTS: readonly Variant[] = [
  { id: 'sb32-c20-wm1', conf: { ...SMALL, ...SERIAL }, scale: 5, clients: 12, sorters: 4, search: true },
  { id: 'defaults-c20', conf: {}, scale: 10, clients: 20, sorters: 4, search: true },
  { id: 'defaults-c90', conf: {}, scale: 10, clients: 86, sorters: 4, search: true },
  {
    id: 'sb64-c40-wm4',
    conf: { ...SERIAL, shared_buffers: '64MB', max_connections: 40, maintenance_work_mem: '32MB' },
    scale: 8,
    clients: 30,
    sorters: 6,
    search: true,
  },
  {
    id: 'sb16-c10-wm1',
    conf: { ...SMALL, ...SERIAL, shared_buffers: '16MB', max_connections: 10 },
    scale: 3,
    clients: 5,
    sorters: 2,
    search: true,
  },
  {
    id: 'sb256-c50-wm8',
    conf: { shared_buffers: '256MB', max_connections: 50, work_mem: '8MB' },
    scale: 20,
    clients: 40,
    sorters: 4,
    search: true,
  },
  { id: 'sb32-c20-wm16', conf: { ...SMALL, ...SERIAL, work_mem: '16MB' }, scale: 5, clients: 10, sorters: 6, search: true },
  {
    id: 'sb64-c40-wm4-parallel',
    conf: { shared_buffers: '64MB', max_connections: 40, maintenance_work_mem: '32MB' },
    scale: 8,
    clients: 30,
    sorters: 6,
    search: true,
  },
  { id: 'sb64-idle-40', conf: { ...SERIAL, shared_buffers: '64MB' }, scale: 5, clients: 40, sorters: 0 },
  { id: 'sb64-idle-80', conf: { ...SERIAL, shared_buffers: '64MB' }, scale: 5, clients: 80, sorters: 0 },
  { id: 'sb64-sort1-wm32', conf: { ...SERIAL, shared_buffers: '64MB', work_mem: '32MB' }, scale: 5, clients: 1, sorters: 1 },
  { id: 'sb64-sort4-wm32', conf: { ...SERIAL, shared_buffers: '64MB', work_mem: '32MB' }, scale: 5, clients: 1, sorters: 4 },
  {
    id: 'sb64-mwm128',
    conf: { ...SERIAL, shared_buffers: '64MB', maintenance_work_mem: '128MB' },
    scale: 10,
    clients: 5,
    sorters: 0,
  },
];

const BIN = '/usr/lib/postgresql/15/bin';
const DATA = '/var/lib/postgresql/data';

/** The server as the official image sets it up, run as nobody: a user that both sides have. */
const postgresImage: ImageRecipe = {
  name: 'calibrate-postgres',
  programs: [`${BIN}/postgres`],
  paths: ['/usr/lib/postgresql/15/lib', '/usr/share/postgresql/15', '/usr/share/zoneinfo', '/usr/lib/locale/C.utf8'],
  // With LLVM the image would be three times its size. Its memory is known to come on top: tens of MiB per backend.
  leaveOut: ['/usr/lib/postgresql/15/lib/bitcode', '/usr/lib/postgresql/15/lib/llvmjit', '/usr/share/postgresql/15/man'],
  folders: [
    { path: '/run/postgresql', owner: { uid: 65534, gid: 65534 } },
    { path: '/var/lib/postgresql', owner: { uid: 65534, gid: 65534 } },
  ],
  env: { PGDATA: DATA, PATH: `${BIN}:/usr/bin` },
  prepare: { version: 'initdb 1', fill: initialise },
};

async function initialise(root: string): Promise<void> {
  const script = `set -e
setpriv --reuid 65534 --regid 65534 --clear-groups ${BIN}/initdb -D "$1" --auth trust --encoding UTF8 --locale C.UTF-8 --username postgres >/dev/null
echo "listen_addresses = '*'" >> "$1/postgresql.conf"
echo 'host all all all trust' >> "$1/pg_hba.conf"`;
  await run('sh', ['-c', script, 'initialise', `${root}${DATA}`]);
}

export const postgres: Program = {
  id: 'postgres',
  packages: ['postgresql-15', 'postgresql-client-15'],
  version: [`${BIN}/postgres`, '--version'],
  image: postgresImage,
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, conf, scale, clients, sorters, shm } = variant;
  const options = Object.entries(conf).flatMap(([name, value]) => ['-c', `${name}=${String(value)}`]);
  return {
    id,
    settings: { ...conf, scale, clients, sorters },
    service: { image: 'postgres:15', command: ['postgres', ...options] },
    docker: ['--user', 'nobody', ...(shm === undefined ? [] : ['--shm-size', shm])],
    describes:
      `pgbench -i -s ${String(scale)}, the table read through its index, then ${String(clients)} connections of TPC-B beside ` +
      `${String(sorters)} that each sort and hash the whole table, then CREATE INDEX and VACUUM`,
    search: variant.search === true,
    ready: async (target) => (await sql(target, 'SELECT 1')).trim() === '1',
    load: (target) => heavy(target, scale, clients, sorters),
  };
}

async function heavy(target: Target, scale: number, clients: number, sorters: number): Promise<void> {
  await pgbench(target, ['-i', '-q', '-s', String(scale)]);
  // A sequential scan of a large table recycles a small ring of buffers; index scans fill them all.
  const step = scale * 5000;
  for (let from = 0; from < scale * 100_000; from += step) {
    const range = `aid > ${String(from)} AND aid <= ${String(from + step)}`;
    await sql(target, `SET enable_seqscan = off; SELECT max(filler) FROM pgbench_accounts WHERE ${range}`);
  }
  const transactions = Math.max(20, Math.round(3000 / clients));
  await Promise.all([
    pgbench(target, ['-n', '-c', String(clients), '-j', '2', '-t', String(transactions)]),
    sorters === 0 ? undefined : pgbench(target, ['-n', '-c', String(sorters), '-j', '1', '-t', '1', '-f', '-'], SORTS),
  ]);
  await sql(target, 'CREATE INDEX ON pgbench_accounts (abalance, aid)');
  await sql(target, 'VACUUM pgbench_accounts');
}

const SORTS = `SELECT count(*) FROM (SELECT aid, filler FROM pgbench_accounts ORDER BY hashint4(aid), filler OFFSET 0) AS sorted;
SELECT count(*) FROM (SELECT aid / 4 AS k, count(*), max(filler) FROM pgbench_accounts GROUP BY 1) AS hashed;
`;

async function pgbench(target: Target, args: readonly string[], stdin = ''): Promise<void> {
  await run('pgbench', ['-h', target.address, '-U', 'postgres', ...args, 'postgres'], { stdin });
}

function sql(target: Target, statement: string): Promise<string> {
  return run('psql', ['-h', target.address, '-U', 'postgres', '-qAtX', '-c', statement, 'postgres']);
}
