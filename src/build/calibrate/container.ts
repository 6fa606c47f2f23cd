import { setMaxListeners } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine } from '../../../test/lab/docker-engine.ts';
import { run } from '../../../test/lab/run.ts';
import { controlGroupOf } from './control-group.ts';
import { type Configuration, type Target } from './program.ts';
import { sample, type Sampled } from './sampler.ts';

export interface RunResult {
  readonly ended: 'done' | 'late' | 'failed' | 'killed';
  readonly startSeconds: number;
  readonly seconds: number;
  readonly sampled: Sampled;
  readonly complaint?: string;
}

export interface Allowance {
  /** No limit where undefined. */
  readonly limit: number | undefined;
  readonly startSeconds: number;
  readonly loadSeconds: number;
  /** Of the start or the load, spent waiting for memory: a run beyond it thrashes, and is not worth its end. */
  readonly stalledSeconds: number;
}

/** One container from its creation to its removal: started on a cold image, put under the load, watched all along. */
export async function runOnce(engine: Engine, image: string, wanted: Configuration, allowance: Allowance): Promise<RunResult> {
  const mounts = mkdtempSync(join(tmpdir(), 'headroom-calibrate-'));
  const id = await create(engine, image, wanted, allowance.limit, mounted(mounts, wanted));
  try {
    await forgetFilesOf(engine, image);
    await engine.docker(['start', id]);
    return await watched(engine, id, wanted, allowance);
  } finally {
    await engine.tryDocker(['rm', '--force', '--volumes', id]);
    rmSync(mounts, { recursive: true, force: true });
  }
}

/** The files that a Compose project would mount. */
function mounted(folder: string, wanted: Configuration): string[] {
  return Object.entries(wanted.service.files ?? {}).flatMap(([path, text], index) => {
    const file = join(folder, String(index));
    writeFileSync(file, text, { mode: 0o644 });
    return ['--volume', `${file}:${path}:ro`];
  });
}

async function create(
  engine: Engine,
  image: string,
  wanted: Configuration,
  limit: number | undefined,
  mounts: readonly string[],
): Promise<string> {
  const memory = limit === undefined ? [] : ['--memory', String(limit), '--memory-swap', String(limit)];
  const environment = Object.entries(wanted.service.environment ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  // Where others work too: a group of one's own, which can be given a larger share of the cores.
  const parent = process.env.HEADROOM_CALIBRATE_CGROUP;
  const id = await engine.docker([
    ...['create', '--label', 'headroom-calibrate', '--log-opt', 'max-size=1m'],
    ...(parent === undefined ? [] : ['--cgroup-parent', parent]),
    ...[...memory, ...environment, ...mounts, ...(wanted.docker ?? []), image, ...wanted.service.command],
  ]);
  return id.trim();
}

async function watched(engine: Engine, id: string, wanted: Configuration, allowance: Allowance): Promise<RunResult> {
  const state = await inspect(engine, id);
  if (!state.running || !existsSync(`/proc/${String(state.pid)}`))
    return over('failed', state.oomKilled, NOTHING_SEEN, 0, 0, await lastWords(engine, id));
  const sampler = sample(controlGroupOf(state.pid));
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const { address, gateway } = state;
  const target: Target = { address, gateway, containerId: id, signal: abort.signal };
  const began = Date.now();
  let loadBegan = 0;
  let ended: RunResult['ended'] = 'done';
  let complaint: string | undefined;
  // A load that hangs on a thrashing server ends when the server is gone, so the kill comes first.
  const giveUp = (): void => {
    clearInterval(thrashing);
    ended = 'late';
    abort.abort();
    void engine.tryDocker(['kill', id]);
  };
  let timer = setTimeout(giveUp, allowance.startSeconds * 1000);
  const thrashing = setInterval(() => {
    if (sampler.stalled() > allowance.stalledSeconds) giveUp();
  }, 250);
  try {
    await untilReady(engine, wanted, target);
    clearTimeout(timer);
    await pause(700);
    timer = setTimeout(giveUp, allowance.loadSeconds * 1000);
    sampler.phase('load');
    loadBegan = Date.now();
    await wanted.load(target);
  } catch (error) {
    complaint = error instanceof Error ? error.message.slice(0, 400) : 'unknown';
    // `giveUp` may have run meanwhile, which the compiler cannot see.
    if ((ended as string) !== 'late') ended = 'failed';
  }
  const finished = Date.now();
  clearTimeout(timer);
  clearInterval(thrashing);
  abort.abort();
  const sampled = sampler.stop();
  const { oomKilled } = await inspect(engine, id);
  const startSeconds = ((loadBegan || finished) - began) / 1000;
  return over(
    ended,
    oomKilled || sampled.oomKills > 0,
    sampled,
    startSeconds,
    loadBegan ? (finished - loadBegan) / 1000 : 0,
    complaint,
  );
}

function over(
  ended: RunResult['ended'],
  oomKilled: boolean,
  sampled: Sampled,
  startSeconds: number,
  seconds: number,
  complaint: string | undefined,
): RunResult {
  const result = { ended: oomKilled ? ('killed' as const) : ended, startSeconds, seconds, sampled };
  return complaint === undefined ? result : { ...result, complaint };
}

async function untilReady(engine: Engine, wanted: Configuration, target: Target): Promise<void> {
  for (let turn = 0; ; turn++) {
    target.signal.throwIfAborted();
    try {
      if (await wanted.ready(target)) return;
    } catch {
      // Not listening yet.
    }
    if (turn % 5 === 4 && !(await inspect(engine, target.containerId)).running) {
      throw new Error(await lastWords(engine, target.containerId));
    }
    await pause(100);
  }
}

async function lastWords(engine: Engine, id: string): Promise<string> {
  const { stdout, stderr } = await engine.tryDocker(['logs', '--tail', '15', id]);
  return `ended before it was ready: ${stdout}${stderr}`;
}

async function inspect(
  engine: Engine,
  id: string,
): Promise<{ running: boolean; oomKilled: boolean; pid: number; address: string; gateway: string }> {
  const format =
    '{{.State.Running}} {{.State.OOMKilled}} {{.State.Pid}} {{.NetworkSettings.IPAddress}} {{.NetworkSettings.Gateway}}';
  const [running, oomKilled, pid, address, gateway] = (await engine.docker(['inspect', '--format', format, id]))
    .trim()
    .split(' ');
  return {
    running: running === 'true',
    oomKilled: oomKilled === 'true',
    pid: Number(pid),
    address: address ?? '',
    gateway: gateway ?? '',
  };
}

const FORGET = `import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        path = os.path.join(folder, name)
        if os.path.islink(path) or not os.path.isfile(path): continue
        with open(path, 'rb') as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
`;

/**
 * A program whose text is still cached on somebody else's account needs less memory than it would on a fresh
 * machine. Dropping this image's pages does what dropping all caches would, without slowing everything else down.
 */
async function forgetFilesOf(engine: Engine, image: string): Promise<void> {
  const folder = await engine.docker(['image', 'inspect', '--format', '{{.GraphDriver.Data.UpperDir}}', image]);
  await run('python3', ['-c', FORGET, folder.trim()]);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const NOTHING = {
  ...{ usage: 0, workingSet: 0, unreclaimable: 0, anon: 0, shmem: 0, kernel: 0 },
  ...{ programText: 0, activeFile: 0, inactiveFile: 0, processes: 0 },
};
const NOTHING_SEEN: Sampled = {
  idle: NOTHING,
  peak: NOTHING,
  steady: NOTHING,
  majorFaults: 0,
  faultsUnderLoad: 0,
  oomKills: 0,
  cpuSeconds: 0,
  stalled: 0,
};
