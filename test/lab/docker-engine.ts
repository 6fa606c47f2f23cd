import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { run, tryRun, type Ran, type RunOptions } from './run.ts';

/** A Docker engine that answers. Only what `startEngine` started is stopped by `dispose`. */
export interface Engine {
  /** As DOCKER_HOST writes it. */
  readonly host: string;
  readonly socketPath: string;
  docker(args: readonly string[], options?: RunOptions): Promise<string>;
  tryDocker(args: readonly string[], options?: RunOptions): Promise<Ran>;
  dispose(): Promise<void>;
}

const LAB = fileURLToPath(new URL('../../.cache/lab/', import.meta.url));
const DEFAULT_SOCKET = '/var/run/docker.sock';
const START_TIMEOUT_MS = 40_000;

/**
 * The engine at hand, or one of our own: a machine where docker.io was just installed from Debian has the program
 * but nobody running it, and CI machines have no init that would.
 */
export async function startEngine(): Promise<Engine> {
  const host = process.env.DOCKER_HOST ?? `unix://${DEFAULT_SOCKET}`;
  if (await answers(host)) return engineAt(host, () => Promise.resolve());
  return await ownEngine();
}

/** Whether tests may count on an engine: one answers, or dockerd is installed and we may start it. */
export async function enginePossible(): Promise<boolean> {
  if (await answers(process.env.DOCKER_HOST ?? `unix://${DEFAULT_SOCKET}`)) return true;
  if (process.getuid?.() !== 0) return false;
  const found = await tryRun('sh', ['-c', 'command -v dockerd']);
  return found.code === 0;
}

async function ownEngine(): Promise<Engine> {
  const state = `${LAB}engine`;
  mkdirSync(state, { recursive: true });
  const socket = `${state}/docker.sock`;
  const log = openSync(`${state}/dockerd.log`, 'a');
  const daemon = spawn(
    'dockerd',
    [
      ...['--data-root', `${state}/data`, '--exec-root', `${state}/exec`, '--pidfile', `${state}/dockerd.pid`],
      ...['-H', `unix://${socket}`],
    ],
    { stdio: ['ignore', log, log], detached: true },
  );
  const engine = engineAt(`unix://${socket}`, () => stopped(daemon));
  try {
    await untilAnswers(engine.host, daemon);
  } catch (error) {
    await stopped(daemon);
    throw new Error(`dockerd did not start, see ${state}/dockerd.log`, { cause: error });
  }
  return engine;
}

/**
 * Makes the engine answer at Docker's own address, too, until the returned function is called: Dropbear hands no
 * variables on, so its clients can't be told of another. A socket that nobody answers at gives way.
 */
export async function atDefaultSocket({ socketPath }: Engine): Promise<() => void> {
  if (socketPath === DEFAULT_SOCKET || (await answers(`unix://${DEFAULT_SOCKET}`))) return () => undefined;
  rmSync(DEFAULT_SOCKET, { force: true });
  symlinkSync(socketPath, DEFAULT_SOCKET);
  return () => {
    rmSync(DEFAULT_SOCKET, { force: true });
  };
}

function engineAt(host: string, dispose: () => Promise<void>): Engine {
  const at = (args: readonly string[]): string[] => ['-H', host, ...args];
  return {
    host,
    socketPath: host.replace(/^unix:\/\//, ''),
    docker: (args, options) => run('docker', at(args), options),
    tryDocker: (args, options) => tryRun('docker', at(args), options),
    dispose,
  };
}

async function answers(host: string): Promise<boolean> {
  try {
    const ran = await tryRun('docker', ['-H', host, 'version', '--format', '{{.Server.Version}}'], { timeoutMs: 5000 });
    return ran.code === 0;
  } catch {
    return false;
  }
}

async function untilAnswers(host: string, daemon: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(host))) {
    if (hasEnded(daemon)) throw new Error(`dockerd ended with ${String(daemon.exitCode ?? daemon.signalCode)}`);
    if (Date.now() > deadline) throw new Error('dockerd does not answer');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** SIGTERM lets dockerd stop its containers and its own containerd first; SIGKILL would orphan both. */
async function stopped(daemon: ChildProcess): Promise<void> {
  if (hasEnded(daemon)) return;
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()));
  daemon.kill('SIGTERM');
  const patience = setTimeout(() => daemon.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(patience);
}

function hasEnded(daemon: ChildProcess): boolean {
  return daemon.exitCode !== null || daemon.signalCode !== null;
}
