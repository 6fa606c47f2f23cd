import { execFileSync } from 'node:child_process';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mebibytes } from '../../src/base/bytes.ts';
import { findEngines, readTraces } from '../../src/live/docker/socket.ts';
import { explainTraces } from '../../src/live/docker/route.ts';
import type { Engine as RemoteEngine } from '../../src/live/docker/engine.ts';
import { noAsker } from '../../src/live/host/asker.ts';
import { connect, type Session } from '../../src/live/session.ts';
import { atDefaultSocket, enginePossible, startEngine, type Engine } from '../lab/docker-engine.ts';
import {
  dropbearAvailable,
  makeKey,
  publicKey,
  sshFolder,
  startDropbear,
  startSshd,
  type SshFolder,
  type SshServer,
} from '../lab/sshd.ts';
import { tinyImage } from '../lab/tiny-image.ts';

const possible = await enginePossible();
const mark = `headroom-live-${String(process.pid)}`;

let folder: SshFolder;
let engine: Engine;
let image = '';
let key = '';
const servers: SshServer[] = [];
const sessions: Session[] = [];

beforeAll(async () => {
  if (!possible) return;
  folder = sshFolder();
  key = await makeKey(folder, 'id');
  engine = await startEngine();
  image = await tinyImage(engine, { name: 'live-host', programs: [] });
});

afterEach(async () => {
  for (const session of sessions.splice(0)) session.dispose();
  for (const server of servers.splice(0)) await server.dispose();
  const left = (await engine.docker(['ps', '-aq', '--filter', `label=${mark}`])).split('\n').filter((id) => id.trim() !== '');
  if (left.length > 0) await engine.docker(['rm', '-f', ...left]);
});

afterAll(async () => {
  if (!possible) return;
  folder.dispose();
  await engine.dispose();
});

function session(server: SshServer): Session {
  const base = join(folder.path, `client-${String(server.port)}`);
  writeFileSync(
    `${base}-known`,
    Object.entries(server.hostKeys)
      .map(([type, blob]) => `[127.0.0.1]:${String(server.port)} ${type} ${blob}\n`)
      .join(''),
  );
  writeFileSync(
    `${base}-config`,
    `Host pi\n HostName 127.0.0.1\n Port ${String(server.port)}\n User ${server.user}\n IdentityFile ${key}\n IdentitiesOnly yes\n UserKnownHostsFile ${base}-known\n GlobalKnownHostsFile none\n`,
  );
  const made = connect('pi', {
    asker: noAsker,
    machine: {
      home: folder.path,
      user: server.user,
      platform: 'linux',
      environment: new Map(),
      sshProgram: 'ssh',
      configFile: `${base}-config`,
    },
    trusted: true,
  });
  sessions.push(made);
  return made;
}

async function sshd(config: readonly string[] = []): Promise<SshServer> {
  const server = await startSshd({
    folder,
    authorized: [publicKey(key)],
    config: [`SetEnv DOCKER_HOST=${engine.host}`, ...config],
  });
  servers.push(server);
  return server;
}

async function container(name: string, script: string, more: readonly string[] = []): Promise<string> {
  const args = [
    'run',
    '-d',
    '--name',
    `${mark}-${name}`,
    '--label',
    mark,
    '--label',
    'odd="quoted"\n\u001b[31mnew line',
    ...more,
  ];
  return (await engine.docker([...args, image, 'sh', '-c', script])).trim();
}

/** What every way to an engine must do. */
function serves(docker: () => Promise<RemoteEngine>): void {
  it('says version and info, and lists and describes containers', async () => {
    const remote = await docker();
    const id = await container('plain', 'sleep 60', ['-m', '64m', '-p', '127.0.0.1::80']);
    expect(await remote.version()).toMatchObject({ ok: true, value: { product: 'docker' } });
    expect(await remote.info()).toMatchObject({
      ok: true,
      value: { memoryTotal: expect.any(Number) as number, rootless: false },
    });
    const listed = await remote.containers();
    const mine = listed.ok ? listed.value.find((each) => each.id === id) : undefined;
    expect(mine).toMatchObject({ name: `${mark}-plain`, state: 'running' });
    expect(mine?.labels.get('odd')).toBe('"quoted"\n\u001b[31mnew line');
    const details = await remote.inspect(id);
    expect(details).toMatchObject({
      ok: true,
      value: {
        id,
        state: 'running',
        oomKilled: false,
        limits: { memory: mebibytes(64), memorySwap: mebibytes(128) },
        command: ['sh', '-c', 'sleep 60'],
      },
    });
  });

  it('tells an unknown container from an unreachable engine', async () => {
    expect(await (await docker()).inspect('no-such-container')).toMatchObject({ error: { kind: 'engineRefused', status: 404 } });
  });

  it('changes a limit, restarts, stops and starts', async () => {
    const remote = await docker();
    const id = await container('changed', 'trap "exit 0" TERM; while :; do sleep 0.1; done', ['-m', '64m']);
    expect(await remote.update(id, { memory: mebibytes(80), memorySwap: mebibytes(160) })).toMatchObject({ ok: true });
    expect(await remote.inspect(id)).toMatchObject({ ok: true, value: { limits: { memory: mebibytes(80) } } });
    expect(await remote.restart(id)).toMatchObject({ ok: true });
    expect(await remote.stop(id)).toMatchObject({ ok: true });
    expect(await remote.stop(id)).toMatchObject({ ok: true });
    expect(await remote.inspect(id)).toMatchObject({ ok: true, value: { state: 'exited', exitCode: 0 } });
    expect(await remote.start(id)).toMatchObject({ ok: true });
  });

  it('reports what happens to containers as it happens', async () => {
    const remote = await docker();
    const feed = remote.events();
    const seen: string[] = [];
    // The subscription has no moment of its own to wait for, so something happens until it is heard.
    const stir = setInterval(
      () => void container(`event-${String(seen.length)}-${String(Date.now())}`, 'exit 7').catch(() => undefined),
      700,
    );
    for await (const event of feed.items) {
      if (!event.attributes.get('name')?.startsWith(mark)) continue;
      seen.push(event.action);
      if (event.action === 'die') {
        expect(event.attributes.get('exitCode')).toBe('7');
        expect(event.timeSeconds).toBeGreaterThan(1e9);
        break;
      }
    }
    clearInterval(stir);
    expect(await feed.ended).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });

  it('hands over logs of both streams, and follows them', async () => {
    const remote = await docker();
    const id = await container('logs', 'echo out; echo err >&2; sleep 0.5; echo late; sleep 0.3; printf "no line end"');
    const lines: string[] = [];
    const feed = remote.logs(id, { follow: true });
    for await (const { from, text } of feed.items) lines.push(`${from} ${text}`);
    // Docker's follower loses a last line without an end about three times in four; `docker logs -f` does too.
    expect(lines.filter((line) => !line.includes('no line')).sort()).toEqual(['stderr err', 'stdout late', 'stdout out']);
    expect((await feed.ended).ok).toBe(true);
    const last: string[] = [];
    for await (const { text } of remote.logs(id, { tail: 1 }).items) last.push(text);
    expect(last).toEqual(['no line end']);
  });

  it('reads the raw logs of a container with a terminal', async () => {
    const remote = await docker();
    const id = await container('tty', 'echo raw', ['-t']);
    const lines: string[] = [];
    for await (const { text } of remote.logs(id, { follow: true }).items) lines.push(text.trim());
    expect(lines).toEqual(['raw']);
  });

  it('runs a program in a container and gives it a terminal', async () => {
    const remote = await docker();
    const id = await container('exec', 'sleep 60');
    expect(await remote.exec(id, ['sh', '-c', 'echo out; echo err >&2; exit 5'])).toEqual({
      ok: true,
      value: { stdout: 'out\n', stderr: 'err\n', exitCode: 5 },
    });
    const attached = await remote.attach(id, ['sh']);
    if (!attached.ok) throw new Error(attached.error.kind);
    const { stream } = attached.value;
    let shown = '';
    const done = new Promise((resolve) => stream.on('end', resolve).on('close', resolve));
    stream.on('data', (data: Buffer) => (shown += data.toString()));
    stream.write('echo $((40+2)); exit\n');
    await done;
    expect(shown).toContain('42');
  });

  it('reads memory at once', async () => {
    const remote = await docker();
    const id = await container('memory', 'sleep 60', ['-m', '64m']);
    const reading = await remote.memory(id);
    expect(reading).toMatchObject({ ok: true, value: { limit: mebibytes(64) } });
    expect(reading.ok && reading.value.usage).toBeGreaterThan(0);
  });
}

describe.runIf(possible)('an engine through a forwarded socket', () => {
  serves(async () => session(await sshd()).docker());

  it('answers twenty calls at once', async () => {
    const docker = session(await sshd()).docker();
    const all = await Promise.all(Array.from({ length: 20 }, () => docker.version()));
    expect(all.every((each) => each.ok)).toBe(true);
  });

  it('ends its feeds with the connection, and serves again after it', async () => {
    const server = await sshd();
    const pi = session(server);
    pi.hold();
    const docker = pi.docker();
    const feed = docker.events();
    await docker.version();
    await server.kill();
    expect((await feed.ended).ok).toBe(false);
    await server.restart();
    const end = Date.now() + 10_000;
    while (!(await docker.version()).ok && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await docker.version()).toMatchObject({ ok: true });
  });
});

describe.runIf(possible)('an engine where forwarding is forbidden', () => {
  serves(async () => session(await sshd(['AllowStreamLocalForwarding no'])).docker());
});

describe.runIf(possible && dropbearAvailable())('an engine behind Dropbear', () => {
  let leave = (): void => undefined;
  beforeAll(async () => {
    leave = await atDefaultSocket(engine);
  });
  afterAll(() => {
    leave();
  });

  serves(async () => {
    const server = await startDropbear({ folder, authorized: [publicKey(key)] });
    servers.push(server);
    return session(server).docker();
  });
});

describe.runIf(possible)('an engine in trouble', () => {
  it('that stops is called stopped, and found again when it is back', async () => {
    const path = join(folder.path, 'proxied.sock');
    let proxy = await proxyTo(engine.socketPath, path);
    const server = await startSshd({ folder, authorized: [publicKey(key)], config: [`SetEnv DOCKER_HOST=unix://${path}`] });
    servers.push(server);
    const docker = session(server).docker();
    expect(await docker.version()).toMatchObject({ ok: true });
    const feed = docker.events();
    await docker.version();
    await proxy.stop();
    expect((await feed.ended).ok).toBe(false);
    // A socket that nobody listens on any more: what a daemon leaves behind that was killed.
    expect(await docker.version()).toMatchObject({ error: { kind: 'dockerStopped', socket: path } });
    rmSync(path, { force: true });
    proxy = await proxyTo(engine.socketPath, path);
    expect(await docker.version()).toMatchObject({ ok: true });
    await proxy.stop();
  });

  it('whose socket the user may not use is denied, with the group as the way out', () => {
    const stdout = execFileSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-s'], {
      input: findEngines.input as string,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: '/nonexistent', DOCKER_HOST: engine.host },
    });
    const traces = readTraces(stdout);
    if (!traces.ok) throw new Error(traces.error);
    expect(traces.value.user).toBe('nobody');
    expect(explainTraces(traces.value, 'pi')).toMatchObject({
      kind: 'dockerDenied',
      socket: engine.socketPath,
      user: 'nobody',
      inGroup: false,
    });
  });
});

/** An engine's socket that can be taken away and put back. */
async function proxyTo(target: string, path: string): Promise<{ stop(): Promise<void> }> {
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connectTcp({ path: target });
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return {
    stop: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
