import { run } from '../../../../test/lab/run.ts';
import { type Settings } from '../measurement.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly options: Settings;
  readonly tables: number;
  readonly rows: number;
  readonly threads: number;
  readonly sorters: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'defaults-t16', options: {}, tables: 4, rows: 100_000, threads: 16, sorters: 2, search: true },
  {
    id: 'pool32-t8',
    options: { 'innodb-buffer-pool-size': '32M', 'max-connections': 20 },
    tables: 4,
    rows: 50_000,
    threads: 8,
    sorters: 2,
    search: true,
  },
  {
    id: 'pool64-t40-ps',
    options: { 'innodb-buffer-pool-size': '64M', 'performance-schema': 'ON' },
    tables: 4,
    rows: 60_000,
    threads: 40,
    sorters: 2,
    search: true,
  },
  {
    id: 'pool256-t16',
    options: { 'innodb-buffer-pool-size': '256M' },
    tables: 4,
    rows: 260_000,
    threads: 16,
    sorters: 2,
    search: true,
  },
  {
    id: 'pool64-t90',
    options: { 'innodb-buffer-pool-size': '64M' },
    tables: 4,
    rows: 60_000,
    threads: 90,
    sorters: 2,
    search: true,
  },
  {
    id: 'pool64-t8-sort16',
    options: { 'innodb-buffer-pool-size': '64M', 'sort-buffer-size': '16M' },
    tables: 4,
    rows: 60_000,
    threads: 8,
    sorters: 6,
    search: true,
  },
  { id: 'pool64-t2', options: { 'innodb-buffer-pool-size': '64M' }, tables: 4, rows: 60_000, threads: 2, sorters: 0 },
  { id: 'pool64-t40', options: { 'innodb-buffer-pool-size': '64M' }, tables: 4, rows: 60_000, threads: 40, sorters: 0 },
];

const DATA = '/var/lib/mysql';

export const mariadb: Program = {
  id: 'mariadb',
  packages: ['mariadb-server', 'mariadb-client', 'sysbench'],
  version: ['mariadbd', '--version'],
  image: {
    name: 'calibrate-mariadb',
    programs: ['/usr/sbin/mariadbd'],
    paths: ['/usr/share/mysql', '/usr/lib/mysql/plugin'],
    folders: [
      { path: '/run/mysqld', owner: { uid: 65534, gid: 65534 } },
      { path: '/var/lib', mode: 0o755 },
    ],
    prepare: { version: 'install-db 1', fill: initialise },
  },
  configurations: VARIANTS.map(configuration),
};

/** The server drops to nobody by itself, so `mysql.user` is all that has to be opened up. */
async function initialise(root: string): Promise<void> {
  const script = `set -e
mkdir -p "$1"; chown nobody "$1"
printf "FLUSH PRIVILEGES;\\nCREATE DATABASE sbtest;\\nCREATE USER bench@'%%' IDENTIFIED BY 'bench';\\nGRANT ALL ON *.* TO bench@'%%';\\n" > "$1.sql"
mariadb-install-db --no-defaults --user=nobody --datadir="$1" --auth-root-authentication-method=normal --skip-test-db --extra-file="$1.sql" >/dev/null
rm "$1.sql"; chown -R nobody "$1"`;
  await run('sh', ['-c', script, 'initialise', `${root}${DATA}`]);
}

function configuration(variant: Variant): Configuration {
  const { id, options, tables, rows, threads, sorters } = variant;
  const given = Object.entries(options).map(([name, value]) => `--${name}=${String(value)}`);
  return {
    id,
    settings: { ...options, tables, rows, threads, sorters },
    service: { image: 'mariadb:10.11', command: ['mariadbd', ...given] },
    docker: ['--user', 'nobody'],
    describes:
      `sysbench oltp_read_write over ${String(tables)} tables of ${String(rows)} rows with ${String(threads)} connections ` +
      `beside ${String(sorters)} that sort a whole table`,
    search: variant.search === true,
    ready: async (target) => (await sql(target, 'SELECT 1')).includes('1'),
    load: async (target) => {
      const sized = [`--tables=${String(tables)}`, `--table-size=${String(rows)}`];
      await sysbench(target, [...sized, '--threads=2', 'prepare']);
      // Every page of every table once, as an application that has run for a day.
      for (let table = 1; table <= tables; table++) await sql(target, `SELECT MAX(pad) FROM sbtest.sbtest${String(table)}`);
      await Promise.all([
        sysbench(target, [
          ...sized,
          `--threads=${String(threads)}`,
          '--events=1500',
          '--time=0',
          '--mysql-ignore-errors=all',
          'run',
        ]),
        ...Array.from({ length: sorters }, (_, n) =>
          sql(
            target,
            `SELECT COUNT(*) FROM (SELECT c, pad FROM sbtest.sbtest${String((n % tables) + 1)} ORDER BY pad LIMIT 100000000) AS sorted`,
          ),
        ),
      ]);
    },
  };
}

async function sysbench(target: Target, args: readonly string[]): Promise<void> {
  const login = [`--mysql-host=${target.address}`, '--mysql-user=bench', '--mysql-password=bench', '--mysql-db=sbtest'];
  await run('sysbench', ['oltp_read_write', '--db-driver=mysql', '--rand-seed=1', ...login, ...args]);
}

function sql(target: Target, statement: string): Promise<string> {
  return run('mariadb', ['--no-defaults', '-h', target.address, '-ubench', '-pbench', '-N', '-e', statement]);
}
