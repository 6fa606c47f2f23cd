import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** A folder for one test's keys and configuration. */
export interface SshFolder {
  readonly path: string;
  dispose(): void;
}

export interface SshServer {
  readonly port: number;
  readonly user: string;
  /** `ssh-ed25519 AAAA…`, by type. */
  readonly hostKeys: Readonly<Record<string, string>>;
  /** Stops the listener and every connection it has. */
  kill(): Promise<void>;
  /** Starts again on the same port with the same keys. */
  restart(): Promise<void>;
  /** SIGSTOP or SIGCONT for the listener and its children. */
  freeze(frozen: boolean): Promise<void>;
  dispose(): Promise<void>;
}

export interface SshServerOptions {
  readonly folder: SshFolder;
  /** Public keys that may log in. */
  readonly authorized: readonly string[];
  readonly hostKeyTypes?: readonly ('ed25519' | 'rsa' | 'ecdsa')[];
  /** Further lines of sshd_config. */
  readonly config?: readonly string[];
}

export function sshFolder(): SshFolder {
  const path = mkdtempSync(join(tmpdir(), 'headroom-ssh-'));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

export function sshdAvailable(): boolean {
  return existsSync('/usr/sbin/sshd') && process.getuid?.() === 0;
}

export function dropbearAvailable(): boolean {
  return existsSync('/usr/sbin/dropbear') && process.getuid?.() === 0;
}

/** Makes a key pair beside each other and returns the path of the private one. */
export async function makeKey(folder: SshFolder, name: string, type = 'ed25519', passphrase = ''): Promise<string> {
  const path = join(folder.path, name);
  const small = type === 'rsa' ? ['-b', '2048'] : [];
  await runFile('ssh-keygen', ['-q', '-t', type, ...small, '-N', passphrase, '-C', name, '-f', path]);
  return path;
}

export function publicKey(path: string): string {
  return readFileSync(`${path}.pub`, 'utf8').trim();
}

/** A real OpenSSH server on the loopback, with keys and configuration of its own. */
export async function startSshd({
  folder,
  authorized,
  hostKeyTypes = ['ed25519'],
  config = [],
}: SshServerOptions): Promise<SshServer> {
  mkdirSync('/run/sshd', { recursive: true });
  const port = await freePort();
  const base = mkdtempSync(join(folder.path, 'sshd-'));
  const hostKeys: Record<string, string> = {};
  const keyLines: string[] = [];
  for (const type of hostKeyTypes) {
    const path = await makeKey({ path: base, dispose: () => undefined }, `host_${type}`, type);
    const [name = '', blob = ''] = publicKey(path).split(' ');
    hostKeys[name] = blob;
    keyLines.push(`HostKey ${path}`);
  }
  const authorizedPath = join(base, 'authorized_keys');
  writeFileSync(authorizedPath, `${authorized.join('\n')}\n`);
  const lines = [
    `ListenAddress 127.0.0.1:${String(port)}`,
    ...keyLines,
    `AuthorizedKeysFile ${authorizedPath}`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'Subsystem sftp internal-sftp',
    ...config,
    ...(config.some((line) => line.startsWith('PasswordAuthentication'))
      ? []
      : ['PasswordAuthentication no', 'KbdInteractiveAuthentication no']),
  ];
  const configPath = join(base, 'sshd_config');
  writeFileSync(configPath, `${lines.join('\n')}\n`);
  // -D keeps it a child of ours, to be ended by its id.
  return server(port, hostKeys, () => spawn('/usr/sbin/sshd', ['-D', '-e', '-f', configPath], { stdio: 'ignore' }));
}

/** Dropbear as Debian has it: no unix-socket forwarding in bookworm's. Reads authorized keys from the user's home. */
export async function startDropbear(options: {
  readonly folder: SshFolder;
  readonly authorized: readonly string[];
}): Promise<SshServer> {
  const port = await freePort();
  const base = mkdtempSync(join(options.folder.path, 'dropbear-'));
  const key = join(base, 'host');
  await runFile('dropbearkey', ['-t', 'ed25519', '-f', key]);
  const shown = await runFile('dropbearkey', ['-y', '-f', key]);
  const [name = '', blob = ''] = /^(ssh-\S+) (\S+)/m.exec(shown.stdout)?.slice(1) ?? [];
  const undo = authorizeInHome(options.authorized);
  const started = await server(port, { [name]: blob }, () =>
    spawn('/usr/sbin/dropbear', ['-F', '-E', '-s', '-r', key, '-p', `127.0.0.1:${String(port)}`], { stdio: 'ignore' }),
  );
  return {
    ...started,
    async dispose() {
      await started.dispose();
      undo();
    },
  };
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function server(port: number, hostKeys: Readonly<Record<string, string>>, start: () => ChildProcess): Promise<SshServer> {
  let child = start();
  await untilListening(port);
  const kill = async (): Promise<void> => {
    const pids = child.pid === undefined ? [] : [...(await descendants(child.pid)), child.pid];
    const gone = child.exitCode !== null ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
    for (const pid of pids) signal(pid, 'SIGCONT');
    for (const pid of pids) signal(pid, 'SIGKILL');
    await gone;
  };
  return {
    port,
    user: userInfo().username,
    hostKeys,
    kill,
    async restart() {
      child = start();
      await untilListening(port);
    },
    async freeze(frozen) {
      if (child.pid === undefined) return;
      for (const pid of [child.pid, ...(await descendants(child.pid))]) signal(pid, frozen ? 'SIGSTOP' : 'SIGCONT');
    },
    dispose: kill,
  };
}

/** Children and theirs: sshd splits in two for each connection, and below are the commands. */
async function descendants(pid: number): Promise<number[]> {
  const { stdout } = await runFile('ps', ['-eo', 'pid=,ppid=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] => rows.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It was quicker than we.
  }
}

async function untilListening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Nothing listens on port ${String(port)}`);
}

function authorizeInHome(keys: readonly string[]): () => void {
  const folder = join(userInfo().homedir, '.ssh');
  const path = join(folder, 'authorized_keys');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(path, `${before ?? ''}\n${keys.join('\n')}\n`, { mode: 0o600 });
  return () => (before === undefined ? rmSync(path) : writeFileSync(path, before));
}
