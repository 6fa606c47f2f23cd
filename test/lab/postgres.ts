import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What the real server answered: a value as `postgres -C` prints it, or that it doesn't start. */
export interface ServerAnswer {
  readonly value: string | undefined;
  readonly log: string;
}

/** Debian's server binaries, oldest first: `{15: '/usr/lib/postgresql/15/bin/postgres'}`. */
export function postgresServers(): ReadonlyMap<number, string> {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root)
    ? readdirSync(root)
        .map(Number)
        .sort((one, other) => one - other)
    : [];
  return new Map(
    versions
      .map((version) => [version, join(root, String(version), 'bin/postgres')] as const)
      .filter(([, path]) => existsSync(path)),
  );
}

/** Asks a real server about conf files without starting it. It refuses to run as root, so it runs as `postgres`. */
export class PostgresOracle {
  readonly folder: string;
  readonly #program: string;
  readonly #user: readonly string[];

  constructor(program: string) {
    this.#program = program;
    this.folder = mkdtempSync(join(tmpdir(), 'headroom-postgres-'));
    chmodSync(this.folder, 0o755);
    const root = process.getuid?.() === 0;
    this.#user = root ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];
  }

  /** Writes the files, replacing those of the last question. */
  write(files: Readonly<Record<string, string | Buffer>>): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder, { mode: 0o755 });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), content);
    }
  }

  ask(name: string, words: readonly string[] = [], file = 'postgresql.conf'): ServerAnswer {
    const [program = '', ...args] = [
      ...this.#user,
      this.#program,
      '-C',
      name,
      `--config-file=${file}`,
      '-D',
      this.folder,
      ...words,
    ];
    const ran = spawnSync(program, args, { cwd: this.folder, encoding: 'utf8', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });
    return { value: ran.status === 0 ? ran.stdout.replace(/\n$/, '') : undefined, log: ran.stderr };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Whether the oracle can be asked at all: a server, and a user that it accepts. */
export function usableServer(): { readonly version: number; readonly program: string } | undefined {
  const [newest] = [...postgresServers()].reverse();
  if (newest === undefined) return undefined;
  const [version, program] = newest;
  try {
    if (process.getuid?.() === 0)
      execFileSync('setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, '--version']);
    return { version, program };
  } catch {
    return undefined;
  }
}
