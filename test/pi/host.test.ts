import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '../../src/base/result.ts';
import type { RemoteCommand } from '../../src/live/commands/command.ts';
import { identify } from '../../src/live/commands/identify.ts';
import { noAsker, type Asker } from '../../src/live/host/asker.ts';
import type { SessionTimes } from '../../src/live/host/host-session.ts';
import { connect, type Session } from '../../src/live/session.ts';
import { makeKey, publicKey, sshdAvailable, sshFolder, startSshd, type SshFolder, type SshServer } from '../lab/sshd.ts';

const runFile = promisify(execFile);
const whoami: RemoteCommand<string> = { argv: ['id', '-un'], parse: ({ stdout }) => ok(stdout.trim()) };

let folder: SshFolder;
let key = '';
let locked = '';
const servers: SshServer[] = [];
const sessions: Session[] = [];

beforeAll(async () => {
  folder = sshFolder();
  key = await makeKey(folder, 'plain');
  locked = await makeKey(folder, 'locked', 'ed25519', 'open sesame');
});

afterEach(async () => {
  for (const session of sessions.splice(0)) session.dispose();
  for (const server of servers.splice(0)) await server.dispose();
  // Nothing of ours is left: no socket, no child.
  await until(() => !process.getActiveResourcesInfo().some((name) => name === 'TCPSocketWrap' || name === 'ProcessWrap'));
});

afterAll(() => folder.dispose());

async function sshd(config: readonly string[] = [], hostKeyTypes?: ('ed25519' | 'rsa' | 'ecdsa')[]): Promise<SshServer> {
  const server = await startSshd({
    folder,
    authorized: [publicKey(key), publicKey(locked)],
    config,
    ...(hostKeyTypes === undefined ? {} : { hostKeyTypes }),
  });
  servers.push(server);
  return server;
}

interface Extra {
  readonly identity?: string;
  readonly known?: string;
  readonly lines?: readonly string[];
  readonly asker?: Partial<Asker>;
  readonly times?: Partial<SessionTimes>;
  readonly agent?: string;
  readonly blocks?: string;
}

const knownLine = ({ port, hostKeys }: SshServer, name = `[127.0.0.1]:${String(port)}`): string =>
  Object.entries(hostKeys)
    .map(([type, blob]) => `${name} ${type} ${blob}\n`)
    .join('');

function session(
  server: SshServer,
  { identity = key, known = knownLine(server), lines = [], asker, times, agent, blocks = '' }: Extra = {},
): Session {
  const base = join(folder.path, `client-${String(server.port)}-${String(sessions.length)}`);
  writeFileSync(`${base}-known`, known);
  const block = [
    'Host pi',
    '  HostName 127.0.0.1',
    `  Port ${String(server.port)}`,
    `  User ${server.user}`,
    `  IdentityFile ${identity}`,
    '  IdentitiesOnly yes',
    `  IdentityAgent ${agent ?? 'none'}`,
    ...lines.map((line) => `  ${line}`),
    'Host *',
    `  UserKnownHostsFile ${base}-known`,
    '  GlobalKnownHostsFile none',
  ];
  writeFileSync(`${base}-config`, `${blocks}${block.join('\n')}\n`);
  const made = connect('pi', {
    asker: { ...noAsker, ...asker },
    machine: {
      home: folder.path,
      user: server.user,
      platform: 'linux',
      environment: new Map(),
      sshProgram: 'ssh',
      configFile: `${base}-config`,
    },
    trusted: true,
    ...(times === undefined ? {} : { times }),
  });
  sessions.push(made);
  return made;
}

const knownFile = (server: SshServer): string => join(folder.path, `client-${String(server.port)}-0-known`);

async function until(condition: () => boolean, milliseconds = 15_000): Promise<number> {
  const start = Date.now();
  while (!condition()) {
    if (Date.now() > start + milliseconds) throw new Error('It did not come to that in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Date.now() - start;
}

describe.runIf(sshdAvailable())('a real OpenSSH server', () => {
  it('lets in with a key, and says what it is', async () => {
    const pi = session(await sshd());
    expect(await pi.exec(whoami)).toEqual(ok('root'));
    const identity = await pi.exec(identify);
    expect(identity).toMatchObject({
      ok: true,
      value: { cpus: expect.any(Number) as number, pageSize: expect.any(Number) as number },
    });
  });

  it('whose key is unknown is asked about with the fingerprint that ssh-keygen prints, and then found by ssh', async () => {
    const server = await sshd();
    const asked: string[] = [];
    const asker: Partial<Asker> = { acceptHostKey: ({ fingerprint }) => Promise.resolve(asked.push(fingerprint) > 0) };
    expect(await session(server, { known: '', asker }).exec(whoami)).toEqual(ok('root'));
    const found = await runFile('ssh-keygen', ['-lF', `[127.0.0.1]:${String(server.port)}`, '-f', knownFile(server)]);
    expect(found.stdout).toContain(asked[0]);
    expect(readFileSync(knownFile(server), 'utf8')).not.toContain('|1|');
  });

  it('whose key is accepted is written with a hashed name where the configuration asks for that', async () => {
    const server = await sshd();
    const asker: Partial<Asker> = { acceptHostKey: () => Promise.resolve(true) };
    await session(server, { known: '', asker, lines: ['HashKnownHosts yes'] }).ready();
    expect(readFileSync(knownFile(server), 'utf8')).toMatch(/^\|1\|/);
    expect(await session(server, { known: readFileSync(knownFile(server), 'utf8') }).exec(whoami)).toEqual(ok('root'));
  });

  it('whose key was refused by the person is not connected to', async () => {
    expect(await session(await sshd(), { known: '' }).ready()).toMatchObject({
      error: { kind: 'hostKeyUnknown', keyType: 'ED25519' },
    });
  });

  it('whose key has changed is refused, with the place of the old one', async () => {
    const server = await sshd();
    const other = await sshd();
    const known = knownLine(other, `[127.0.0.1]:${String(server.port)}`);
    expect(await session(server, { known }).ready()).toMatchObject({ error: { kind: 'hostKeyChanged', places: [{ line: 1 }] } });
  });

  it('whose key is revoked is refused although it is known', async () => {
    const server = await sshd();
    const known = `${knownLine(server)}@revoked ${knownLine(server, '*')}`;
    expect(await session(server, { known }).ready()).toMatchObject({ error: { kind: 'hostKeyRevoked' } });
  });

  it('of which another key type is known shows that one, so nothing has changed', async () => {
    const server = await sshd([], ['ed25519', 'rsa', 'ecdsa']);
    for (const [type, blob] of Object.entries(server.hostKeys)) {
      const known = `[127.0.0.1]:${String(server.port)} ${type} ${blob}\n`;
      expect(await session(server, { known }).exec(whoami), type).toEqual(ok('root'));
    }
  });

  it('that has no key of the known type is unknown, not changed', async () => {
    const server = await sshd([], ['ed25519']);
    const other = await sshd([], ['rsa']);
    const known = knownLine(other, `[127.0.0.1]:${String(server.port)}`);
    const questions: unknown[] = [];
    const asker: Partial<Asker> = { acceptHostKey: (question) => Promise.resolve(questions.push(question) < 0) };
    expect(await session(server, { known, asker }).ready()).toMatchObject({ error: { kind: 'hostKeyUnknown' } });
    expect(questions).toMatchObject([{ otherTypes: [{ line: 1 }] }]);
  });

  it('asks for the passphrase of a key that it would take, three times at most', async () => {
    const tried: string[] = [];
    const phrases = ['wrong', 'open sesame'];
    const asker: Partial<Asker> = {
      secret: () => Promise.resolve(phrases[tried.length]),
      used: (_question, secret, worked) => tried.push(`${secret}: ${String(worked)}`),
    };
    expect(await session(await sshd(), { identity: locked, asker }).exec(whoami)).toEqual(ok('root'));
    expect(tried).toEqual(['wrong: false', 'open sesame: true']);
  });

  it('that would not take the key leaves its passphrase unasked', async () => {
    const stranger = await makeKey(folder, `stranger-${String(Date.now())}`, 'ed25519', 'secret');
    const asker: Partial<Asker> = { secret: () => Promise.reject(new Error('asked')) };
    expect(await session(await sshd(), { identity: stranger, asker }).ready()).toMatchObject({
      error: { kind: 'authFailed', accepted: ['publickey'], tried: [`key ${stranger}`] },
    });
  });

  it.each(['rsa', 'ecdsa'])('takes a key of type %s', async (type) => {
    const path = await makeKey(folder, `id-${type}`, type);
    const server = await startSshd({ folder, authorized: [publicKey(path)] });
    servers.push(server);
    expect(await session(server, { identity: path }).exec(whoami)).toEqual(ok('root'));
  });

  it('lets in with a key of the agent, locked file or not', async () => {
    const socket = join(folder.path, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      await until(() => {
        try {
          return readFileSync(key).length > 0 && process.kill(agent.pid ?? 0, 0);
        } catch {
          return false;
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      const askpass = join(folder.path, 'askpass');
      writeFileSync(askpass, '#!/bin/sh\necho open sesame\n', { mode: 0o700 });
      await runFile('ssh-add', [locked], {
        env: { ...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' },
      });
      const pi = session(await sshd(), {
        identity: locked,
        agent: socket,
        asker: { secret: () => Promise.reject(new Error('asked')) },
      });
      expect(await pi.exec(whoami)).toEqual(ok('root'));
    } finally {
      agent.kill();
    }
  });

  it('says that the agent has gone, and goes on with the file', async () => {
    const gone = join(folder.path, 'no-agent');
    expect(await session(await sshd(), { agent: gone }).exec(whoami)).toEqual(ok('root'));
    const stranger = await makeKey(folder, `other-${String(Date.now())}`);
    expect(await session(await sshd(), { agent: gone, identity: stranger }).ready()).toMatchObject({
      error: { kind: 'authFailed', unusable: [{ path: gone, why: 'agentGone' }] },
    });
  });

  it('is reached through a jump host, each with a key of its own on file', async () => {
    const gate = await sshd();
    const inner = await sshd();
    const blocks = `Host gate\n  HostName 127.0.0.1\n  Port ${String(gate.port)}\n  User ${gate.user}\n  IdentityFile ${key}\n  IdentityAgent none\n`;
    const known = knownLine(gate) + knownLine(inner);
    expect(await session(inner, { lines: ['ProxyJump gate'], blocks, known }).exec(whoami)).toEqual(ok('root'));
    expect(await session(inner, { lines: ['ProxyJump gate'], blocks, known: knownLine(inner) }).ready()).toMatchObject({
      error: { kind: 'jumpFailed', jump: 'gate', cause: { kind: 'hostKeyUnknown' } },
    });
  });

  it('behind a jump host that forwards nothing says so', async () => {
    const gate = await sshd(['AllowTcpForwarding no']);
    const inner = await sshd();
    const blocks = `Host gate\n  HostName 127.0.0.1\n  Port ${String(gate.port)}\n  User ${gate.user}\n  IdentityFile ${key}\n  IdentityAgent none\n`;
    const known = knownLine(gate) + knownLine(inner);
    const result = await session(inner, { lines: ['ProxyJump gate'], blocks, known }).ready();
    expect(result).toMatchObject({ error: { kind: 'forwardingForbidden', host: 'gate' } });
  });

  it('is reached through a ProxyCommand', async () => {
    const server = await sshd();
    const bridge = `${process.execPath} -e "const s=require('net').connect(%p,'%h');process.stdin.pipe(s).pipe(process.stdout)"`;
    expect(await session(server, { lines: [`ProxyCommand ${bridge}`] }).exec(whoami)).toEqual(ok('root'));
  });

  it('with MaxSessions 10 serves fifty commands at once, through five channels', async () => {
    const pi = session(await sshd());
    const all = await Promise.all(Array.from({ length: 50 }, () => pi.exec(whoami)));
    expect(all.every((each) => each.ok)).toBe(true);
  });

  it('takes thirty megabytes on a program’s input as they are', async () => {
    const part = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256));
    const whole = createHash('sha256');
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let count = 0; count < 300; count++) {
        whole.update(part);
        yield await Promise.resolve(part);
      }
    }
    const digest = await session(await sshd()).exec({
      argv: ['sha256sum'],
      input: source(),
      timeoutMs: 60_000,
      parse: ({ stdout }) => ok(stdout.slice(0, 64)),
    });
    expect(digest).toEqual(ok(whole.digest('hex')));
  });

  it('that hangs up after too many keys did not let in', async () => {
    const strangers = await Promise.all(
      [1, 2, 3].map((number) => makeKey(folder, `many-${String(number)}-${String(Date.now())}`)),
    );
    const lines = strangers.map((path) => `IdentityFile ${path}`);
    const result = await session(await sshd(['MaxAuthTries 2']), { identity: strangers[0] ?? '', lines }).ready();
    expect(result).toMatchObject({ error: { kind: 'authFailed' } });
  });

  it('ends a stream’s program when its reader leaves', async () => {
    const pi = session(await sshd());
    const feed = pi.stream({ name: 'ticker', text: 'echo $$; while :; do sleep 0.1; echo tick; done' });
    let pid = 0;
    for await (const line of feed.items) {
      if (line !== 'tick') pid = Number(line);
      else break;
    }
    await until(() => !alive(pid));
    expect(pid).toBeGreaterThan(0);
  });

  it('opens a terminal that knows its size', async () => {
    const pi = session(await sshd());
    const terminal = await pi.terminal({ columns: 93, rows: 17 }, ['stty', 'size']);
    if (!terminal.ok) throw new Error(terminal.error.kind);
    let shown = '';
    terminal.value.stream.on('data', (data: Buffer) => (shown += data.toString()));
    await terminal.value.ended;
    expect(shown).toContain('17 93');
  });

  it('forwards a port of the host', async () => {
    const server = await sshd();
    const stream = await session(server).forward(server.port);
    if (!stream.ok) throw new Error(stream.error.kind);
    const greeting = await new Promise<string>((resolve) =>
      stream.value.once('data', (data: Buffer) => resolve(data.toString())),
    );
    expect(greeting).toMatch(/^SSH-2\.0-OpenSSH/);
    stream.value.destroy();
  });
});

describe.runIf(sshdAvailable())('a real OpenSSH server in trouble', () => {
  it('that is killed in mid-stream is said to be gone, and back within ten seconds of its return', async () => {
    const server = await sshd();
    const pi = session(server);
    pi.hold();
    const feed = pi.stream({ name: 'ticker', text: 'while :; do echo tick; sleep 0.1; done' });
    for await (const line of feed.items) {
      expect(line).toBe('tick');
      await server.kill();
    }
    expect(await feed.ended).toMatchObject({ ok: false, error: { kind: 'connectionLost' } });
    await until(() => pi.state.kind === 'waiting' && pi.state.attempt >= 3);
    expect(pi.state).toMatchObject({ kind: 'waiting', error: { kind: 'unreachable', why: 'refused' } });
    await server.restart();
    expect(await until(() => pi.state.kind === 'connected')).toBeLessThan(10_000);
    expect(await pi.exec(whoami)).toEqual(ok('root'));
  });

  it('that freezes is found out by its silence, and back within ten seconds of its thaw', async () => {
    const server = await sshd();
    const pi = session(server, { times: { keepaliveMs: 300, loginMs: 1500 } });
    pi.hold();
    await pi.ready();
    await server.freeze(true);
    const stuck = await pi.exec({ ...whoami, timeoutMs: 400 });
    expect(stuck).toMatchObject({ ok: false, error: { kind: expect.stringMatching(/timedOut|connectionLost/) as string } });
    await until(() => pi.state.kind === 'waiting');
    expect(pi.state).toMatchObject({ error: { kind: 'timedOut', what: 'keepalive' } });
    await until(() => pi.state.kind === 'waiting' && pi.state.attempt >= 2);
    expect(pi.state).toMatchObject({ error: { kind: 'timedOut', what: 'login' } });
    await server.freeze(false);
    expect(await until(() => pi.state.kind === 'connected')).toBeLessThan(10_000);
    expect(await pi.exec(whoami)).toEqual(ok('root'));
  });

  it('whose host key was swapped meanwhile is not reconnected to', async () => {
    const server = await sshd();
    const pi = session(server);
    pi.hold();
    await pi.ready();
    writeFileSync(knownFile(server), knownLine(await sshd(), `[127.0.0.1]:${String(server.port)}`));
    await server.kill();
    await until(() => pi.state.kind === 'waiting');
    await server.restart();
    await until(() => pi.state.kind === 'failed');
    expect(pi.state).toMatchObject({ error: { kind: 'hostKeyChanged' } });
  });

  it('that allows two sessions only still serves everybody in turn', async () => {
    const pi = session(await sshd(['MaxSessions 2']));
    const all = await Promise.all(Array.from({ length: 6 }, () => pi.exec(whoami)));
    expect(all).toEqual(Array(6).fill(ok('root')));
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
