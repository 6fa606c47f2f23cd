import { createConnection, type Socket } from 'node:net';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../../src/live/host/ssh2.ts';
import { ok } from '../../src/base/result.ts';
import { noAsker } from '../../src/live/host/asker.ts';
import { FrameDecoder } from '../../src/live/sample/decode.ts';
import { Sampling } from '../../src/live/sample/sampling.ts';
import { connect } from '../../src/live/session.ts';
import { systemClock } from '../../src/live/system-clock.ts';
import type { Engine } from '../lab/docker-engine.ts';
import { run, tryRun } from '../lab/run.ts';
import { makeKey, publicKey, sshdAvailable, sshFolder, startSshd, type SshServer } from '../lab/sshd.ts';
import { allProcesses, commandLine, descendants, pss, type Process } from '../pi/lab/processes.ts';
import { TestContainers } from '../pi/lab/test-containers.ts';
import { ownEngine } from './own-engine.ts';

/** What one way of reading twenty containers once a second costs the host, in a minute. */
export interface SamplingCost {
  readonly way: string;
  /** Of sshd, what it started, dockerd, containerd and its shims; net of what the latter use when nobody asks. */
  readonly cpuSeconds: number;
  /** Of sshd and what it started alone. */
  readonly connectionSeconds: number;
  /** Both directions, on the wire. */
  readonly bytes: number;
  /** Between a step of 32 MiB and its arrival here. */
  readonly ages: readonly number[];
  readonly pss: number;
}

/** Whether this machine can play the host. */
export async function samplingPossible(): Promise<boolean> {
  return process.getuid?.() === 0 && sshdAvailable() && (await tryRun('sh', ['-c', 'command -v dockerd'])).code === 0;
}

/** Runs for some minutes; needs root, sshd and dockerd of the machine it stands on. */
export async function measureSampling(seconds = 60): Promise<readonly SamplingCost[]> {
  const folder = sshFolder();
  const key = await makeKey(folder, 'plain');
  const server = await startSshd({ folder, authorized: [publicKey(key)] });
  const engine = await ownEngine();
  const containers = await TestContainers.prepare(engine, 'bench');
  try {
    const fifo = join(engine.folder, 'steps');
    mkdirSync(fifo);
    await run('mkfifo', [join(fifo, 'in')]);
    const [stepper, ...others] = await Promise.all([
      containers.run('while true; do cat /steps/in > /dev/shm/x; sleep 2; : > /dev/shm/x; done', [
        ...['--shm-size', '64m', '--memory', '128m', '--volume', `${fifo}:/steps`],
      ]),
      ...Array.from({ length: 19 }, (_, index) => containers.run(restless(index), ['--memory', '64m', '--shm-size', '16m'])),
    ]);
    const bench = {
      server,
      key,
      engine,
      stepper,
      ids: [stepper, ...others],
      fifo: join(fifo, 'in'),
      seconds,
      sshdFolder: folder.path,
    };
    // Until the start of twenty containers is over; their shims are busy for some seconds.
    await pause(8000);
    const idle = await cost(bench, 'idle', () => Promise.resolve(NOTHING));
    const results: SamplingCost[] = [];
    for (const [way, start] of WAYS) {
      const one = await cost(bench, way, start);
      const daemons = one.cpuSeconds - one.connectionSeconds - (idle.cpuSeconds - idle.connectionSeconds);
      results.push({ ...one, cpuSeconds: one.connectionSeconds + Math.max(0, daemons) });
    }
    return results;
  } finally {
    await containers.removeAll();
    await engine.dispose();
    await server.dispose();
    folder.dispose();
  }
}

export function samplingTable(costs: readonly SamplingCost[], seconds = 60): string {
  const [first] = costs;
  const ours = costs.at(-1);
  const rows = costs.map(({ way, cpuSeconds, connectionSeconds, bytes, ages, pss: memory }) => {
    const sorted = [...ages].sort((one, other) => one - other);
    const age =
      sorted.length === 0
        ? '–'
        : `${((sorted[sorted.length >> 1] ?? 0) / 1000).toFixed(2)} / ${((sorted.at(-1) ?? 0) / 1000).toFixed(2)} s`;
    return [
      way,
      cpuSeconds.toFixed(2),
      connectionSeconds.toFixed(2),
      `${(bytes / 1000).toFixed(0)} kB`,
      age,
      `${(memory / 1024 / 1024).toFixed(1)} MiB`,
    ];
  });
  const head = [
    `20 containers, ${String(seconds)} s at 1 s, every value changing`,
    'CPU s',
    'of it sshd and reader',
    'bytes',
    'age p50 / max',
    'their PSS',
  ];
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  if (first === undefined || ours === undefined) return lines.join('\n');
  const share = `of docker stats: 1/${(first.cpuSeconds / ours.cpuSeconds).toFixed(0)} of the CPU time, 1/${(first.bytes / ours.bytes).toFixed(0)} of the bytes`;
  return [...lines, '', share].join('\n');
}

interface Bench {
  readonly server: SshServer;
  readonly key: string;
  readonly engine: Engine & { readonly folder: string; readonly pid: number };
  readonly ids: readonly string[];
  readonly stepper: string;
  readonly fifo: string;
  readonly seconds: number;
  readonly sshdFolder: string;
}

interface Running {
  /** On the wire so far. */
  bytes(): number;
  /** Calls back with the stepping container's usage whenever a reading of it arrives. */
  onUsage(listener: (usage: number) => void): void;
  stop(): Promise<void>;
}

const NOTHING: Running = { bytes: () => 0, onUsage: () => undefined, stop: () => Promise.resolve() };

const WAYS: readonly (readonly [string, (bench: Bench) => Promise<Running>])[] = [
  ['docker stats over SSH', dockerStats],
  ['20 API streams over SSH', apiStreams],
  ['the sampler', ourSampler],
];

async function cost(bench: Bench, way: string, start: (bench: Bench) => Promise<Running>): Promise<SamplingCost> {
  const running = await start(bench);
  await pause(3000);
  const [cpu, connection, bytes] = [cpuOf(everybody(bench)), cpuOf(connectionOf(bench)), running.bytes()];
  const ages = await steps(bench, running);
  const result = {
    way,
    cpuSeconds: cpuOf(everybody(bench)) - cpu,
    connectionSeconds: cpuOf(connectionOf(bench)) - connection,
    bytes: running.bytes() - bytes,
    ages,
    pss: connectionOf(bench).reduce((sum, { pid }) => sum + pss(pid), 0),
  };
  await running.stop();
  await pause(2000);
  return result;
}

/** Every ten seconds 32 MiB appear in one container; when does a reader know? */
async function steps({ fifo, seconds }: Bench, running: Running): Promise<readonly number[]> {
  const ages: number[] = [];
  let since: number | undefined;
  running.onUsage((usage) => {
    if (since === undefined || usage < STEP * 0.9) return;
    ages.push(performance.now() - since);
    since = undefined;
  });
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const pipe = createWriteStream(fifo);
    await new Promise<void>((resolve) => pipe.end(Buffer.alloc(STEP), () => resolve()));
    since = performance.now();
    await pause(Math.min(9700 + Math.random() * 600, Math.max(0, end - performance.now())));
  }
  return ages;
}

function cpuOf(processes: readonly Process[]): number {
  return processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** sshd's child for the connection, and what that started. */
function connectionOf({ sshdFolder }: Bench): readonly Process[] {
  const all = allProcesses();
  const listener = all.find(({ pid, name }) => name === 'sshd' && commandLine(pid).includes(sshdFolder));
  return listener === undefined ? [] : descendants(listener.pid, all);
}

function everybody(bench: Bench): readonly Process[] {
  const { pid: daemon, folder } = bench.engine;
  const all = allProcesses();
  const shims = all.filter(({ pid, name }) => name.startsWith('containerd-shim') && commandLine(pid).includes(folder));
  return [...connectionOf(bench), ...all.filter(({ pid }) => pid === daemon), ...descendants(daemon, all), ...shims];
}

/** Memory and cache of a container that never rests. */
function restless(index: number): string {
  return `n=${String(index)}; while true; do n=$(( (n * 7 + 3) % 97 )); head -c $(( n * 40000 )) /dev/zero > /dev/shm/x; head -c $(( (97 - n) * 20000 )) /dev/zero > /tmp/y; sleep 1; done`.replaceAll(
    'head ',
    'busybox head ',
  );
}

async function wire({ server, key }: Bench): Promise<{ client: InstanceType<typeof Client>; socket: Socket }> {
  const socket = createConnection({ port: server.port, host: '127.0.0.1', noDelay: true });
  const client = new Client();
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).once('error', reject);
    client.connect({ sock: socket, username: server.user, privateKey: readFileSync(key), hostVerifier: () => true });
  });
  return { client, socket };
}

async function dockerStats(bench: Bench): Promise<Running> {
  const { client, socket } = await wire(bench);
  let listener: (usage: number) => void = () => undefined;
  await new Promise<void>((resolve, reject) => {
    client.exec(`docker -H ${bench.engine.host} stats --no-trunc`, (error, channel) => {
      if (error !== undefined) reject(error);
      let rest = '';
      channel.on('data', (data: Buffer) => {
        const lines = (rest + data.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const usage = line.includes(bench.stepper) ? /\s([\d.]+)(KiB|MiB)\s+\//.exec(line) : null;
          if (usage !== null) listener(Number(usage[1]) * (usage[2] === 'MiB' ? 1024 ** 2 : 1024));
        }
      });
      resolve();
    });
  });
  return running(client, socket, (each) => (listener = each));
}

/** What dockerode's `stats({stream: true})` does, for each container, over forwarded sockets. */
async function apiStreams(bench: Bench): Promise<Running> {
  const { client, socket } = await wire(bench);
  let listener: (usage: number) => void = () => undefined;
  for (const id of bench.ids) {
    client.openssh_forwardOutStreamLocal(bench.engine.socketPath, (error, channel) => {
      if (error !== undefined) throw error;
      channel.write(`GET /containers/${id}/stats?stream=1 HTTP/1.1\r\nHost: docker\r\n\r\n`);
      channel.on('data', (data: Buffer) => {
        const usage = /"memory_stats":\{"usage":(\d+)/.exec(data.toString());
        if (id === bench.stepper && usage !== null) listener(Number(usage[1]));
      });
    });
  }
  await pause(500);
  return running(client, socket, (each) => (listener = each));
}

function running(client: InstanceType<typeof Client>, socket: Socket, onUsage: Running['onUsage']): Running {
  return {
    bytes: () => socket.bytesRead + socket.bytesWritten,
    onUsage,
    async stop() {
      const closed = new Promise((resolve) => socket.once('close', resolve));
      client.end();
      await closed;
    },
  };
}

async function ourSampler({ server, key, stepper }: Bench): Promise<Running> {
  let socket: Socket | undefined;
  let listener: (usage: number) => void = () => undefined;
  const session = connect('bench', {
    asker: noAsker,
    machine: { home: '/', user: server.user, platform: 'linux', environment: new Map(), sshProgram: '' },
    trusted: false,
    hostKeys: { read: () => Promise.resolve([]), append: () => Promise.resolve(true) },
    dial: (host, port) => {
      socket = createConnection({ port, host, noDelay: true });
      return Promise.resolve(ok(socket));
    },
    resolve: () =>
      Promise.resolve(
        ok({
          ...{
            name: 'bench',
            hostName: '127.0.0.1',
            port: server.port,
            user: server.user,
            identityFiles: [key],
            identitiesOnly: true,
          },
          ...{ agents: [], jumps: [], notes: [] },
          knownHosts: { userFiles: ['none'], globalFiles: [], hashNames: false, unknown: 'accept' as const },
        }),
      ),
  });
  const hold = session.hold();
  const sampling = new Sampling(session, {
    clock: systemClock,
    onSample: ({ containers }) => {
      const usage = containers.find(({ id }) => id === stepper)?.usage;
      if (usage !== undefined) listener(usage);
    },
    onState: () => undefined,
  });
  sampling.setPeriod(1000);
  await pause(2000);
  return {
    bytes: () => (socket?.bytesRead ?? 0) + (socket?.bytesWritten ?? 0),
    onUsage: (each) => (listener = each),
    async stop() {
      sampling.dispose();
      hold.dispose();
      session.dispose();
      await pause(500);
    },
  };
}

/** What decoding costs on this side: microseconds a frame, with twenty containers that all change. */
export function decodingCost(frames = 2000): number {
  const decoder = new FrameDecoder();
  decoder.line('headroom 1 2 4096');
  const before = process.cpuUsage();
  for (let tick = 0; tick < frames; tick++) {
    const arrivals = Array.from(
      { length: tick === 0 ? 20 : 0 },
      (_, slot) => `+${String(slot + 1)}=${slot.toString(16).padStart(64, '0')}`,
    );
    const records = Array.from({ length: 20 }, (_, slot) => `${String(slot + 1)}c12i3a4f5s1k1r2j1`);
    const line = ['hv12f3c4', ...arrivals, ...records].join(' ');
    decoder.line(line);
    decoder.line(`.${String(tick)} ${String(line.length)}`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / frames;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const STEP = 32 * 1024 * 1024;
