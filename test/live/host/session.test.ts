import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import type { RemoteCommand } from '../../../src/live/commands/command.ts';
import type { ConnectionState, Session } from '../../../src/live/session.ts';
import { answer, fakeSshd, memoryHostKeys, sessionTo, trickle, type FakeSshd } from './fake-sshd.ts';

const started: (FakeSshd | Session)[] = [];
const keep = <T extends FakeSshd | Session>(each: T): T => {
  started.push(each);
  return each;
};

afterEach(async () => {
  const servers = started.filter((each): each is FakeSshd => 'close' in each);
  for (const each of started.splice(0)) if ('dispose' in each) each.dispose();
  for (const server of servers) {
    // A session that was disposed has hung up: nothing of it may be left at the other end.
    await until(() => server.connections.size === 0);
    await server.close();
  }
});

const show: RemoteCommand<string> = { argv: ['show'], parse: ({ stdout }) => ok(stdout) };

async function until(condition: () => boolean, milliseconds = 5000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error('It did not come to that in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('a session', () => {
  it('opens nothing before it is needed, and one connection for everything', async () => {
    const sshd = keep(await fakeSshd({ exec: answer('hello') }));
    const session = keep(sessionTo(sshd.port));
    expect(session.state.kind).toBe('idle');
    expect(await Promise.all([session.exec(show), session.exec(show), session.exec(show)])).toEqual(Array(3).fill(ok('hello')));
    expect(sshd.made()).toBe(1);
  });

  it('works over a network that brings one byte at a time', async () => {
    const sshd = keep(await fakeSshd({ exec: answer('slow but whole: ä€😀') }));
    const session = keep(sessionTo(sshd.port, { dial: trickle }));
    expect(await session.exec(show)).toEqual(ok('slow but whole: ä€😀'));
    const feed = session.stream({ name: 'x', text: 'x' });
    const lines: string[] = [];
    for await (const line of feed.items) lines.push(line);
    expect(lines).toEqual(['slow but whole: ä€😀']);
  });

  it('closes by itself when nobody holds it, and opens again when asked', async () => {
    const sshd = keep(await fakeSshd({ exec: answer('hello') }));
    const session = keep(sessionTo(sshd.port, { times: { idleMs: 50 } }));
    await session.exec(show);
    await until(() => sshd.connections.size === 0);
    expect(session.state.kind).toBe('idle');
    expect(await session.exec(show)).toEqual(ok('hello'));
    expect(sshd.made()).toBe(2);
  });

  it('stays open while it is held', async () => {
    const sshd = keep(await fakeSshd({ exec: answer('hello') }));
    const session = keep(sessionTo(sshd.port, { times: { idleMs: 20 } }));
    const hold = session.hold();
    await session.exec(show);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(session.state.kind).toBe('connected');
    hold.dispose();
    await until(() => sshd.connections.size === 0);
  });

  it('says that it lost the connection and since when, and comes back by itself while it is held', async () => {
    const sshd = keep(await fakeSshd({ exec: answer('hello') }));
    const session = keep(sessionTo(sshd.port));
    const states: ConnectionState[] = [];
    session.onState((state) => states.push(state));
    session.hold();
    await session.ready();
    sshd.cut();
    await until(() => session.state.kind === 'waiting');
    expect(session.state).toMatchObject({ kind: 'waiting', attempt: 1, error: { kind: 'connectionLost' } });
    await until(() => session.state.kind === 'connected');
    expect(states.map(({ kind }) => kind)).toEqual(['connecting', 'connected', 'waiting', 'connected']);
    expect(await session.exec(show)).toEqual(ok('hello'));
  });

  it('does not come back when nobody holds it', async () => {
    const sshd = keep(await fakeSshd());
    const session = keep(sessionTo(sshd.port));
    await session.ready();
    sshd.cut();
    await until(() => session.state.kind === 'idle');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(sshd.made()).toBe(1);
  });

  it('answers at once while the host is known to be away, except to a person who asks again', async () => {
    const sshd = await fakeSshd();
    const session = keep(sessionTo(sshd.port));
    session.hold();
    await session.ready();
    await sshd.close();
    await until(() => session.state.kind === 'waiting' && session.state.error.kind === 'unreachable');
    const before = Date.now();
    expect(await session.exec(show)).toMatchObject({ ok: false, error: { kind: 'unreachable', why: 'refused' } });
    expect(Date.now() - before).toBeLessThan(100);
    expect(await session.ready()).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  });

  it('ends what runs over it when it is disposed, and answers closed ever after', async () => {
    const sshd = keep(await fakeSshd({ exec: (_line, channel) => void channel.write('begun\n') }));
    const session = keep(sessionTo(sshd.port));
    const running = session.exec(show);
    const feed = session.stream({ name: 'x', text: 'x' });
    for await (const line of feed.items) {
      expect(line).toBe('begun');
      session.dispose();
    }
    expect((await feed.ended).ok).toBe(false);
    expect((await running).ok).toBe(false);
    expect(await session.exec(show)).toEqual({ ok: false, error: { kind: 'closed' } });
  });

  it('gives up a first connection that its only asker has given up on', async () => {
    const silent = createServer((socket) => void socket.resume().on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const session = keep(sessionTo((silent.address() as AddressInfo).port));
    const abort = new AbortController();
    const ready = session.ready(abort.signal);
    setTimeout(() => abort.abort(), 50);
    expect(await ready).toEqual({ ok: false, error: { kind: 'cancelled' } });
    await until(() => session.state.kind === 'idle');
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe('what is no SSH server', () => {
  async function against(greet: string, times = {}): Promise<unknown> {
    const server = createServer((socket) => {
      socket.resume().on('error', () => undefined);
      socket.end(greet);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const result = await keep(sessionTo((server.address() as AddressInfo).port, { times })).ready();
    await new Promise((resolve) => server.close(resolve));
    return result;
  }

  it('is told from one that hangs up', async () => {
    expect(await against('HTTP/1.1 400 Bad Request\r\n\r\n')).toMatchObject({ error: { kind: 'notSsh' } });
    expect(await against('\u0000\u0001garbage'.repeat(2000))).toMatchObject({ error: { kind: 'notSsh' } });
    expect(await against('')).toMatchObject({ error: { kind: 'unreachable', why: 'reset' } });
  });

  it('is told from one with which there is no algorithm in common', async () => {
    const sshd = keep(await fakeSshd({ algorithms: { kex: ['diffie-hellman-group1-sha1'] } }));
    expect(await keep(sessionTo(sshd.port)).ready()).toMatchObject({ error: { kind: 'noCommonAlgorithm' } });
  });

  it('is given up on in time when it says nothing', async () => {
    const server = createServer((socket) => void socket.resume().on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = keep(sessionTo((server.address() as AddressInfo).port, { times: { loginMs: 100 } }));
    expect(await session.ready()).toMatchObject({ error: { kind: 'timedOut', what: 'login' } });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a host key', () => {
  it('is judged before any login is tried', async () => {
    const sshd = keep(await fakeSshd());
    const session = keep(
      sessionTo(sshd.port, {
        target: { knownHosts: { userFiles: ['memory'], globalFiles: [], hashNames: false, unknown: 'refuse' } },
      }),
    );
    expect(await session.ready()).toMatchObject({ error: { kind: 'hostKeyUnknown', keyType: 'ECDSA' } });
    expect(sshd.logins).toEqual([]);
  });

  it('that is unknown is asked about with no connection open, and written when accepted', async () => {
    const sshd = keep(await fakeSshd());
    const hostKeys = memoryHostKeys();
    const questions: unknown[] = [];
    const session = keep(
      sessionTo(sshd.port, {
        hostKeys,
        target: { knownHosts: { userFiles: ['memory'], globalFiles: [], hashNames: false, unknown: 'ask' } },
        asker: {
          async acceptHostKey(question) {
            await until(() => sshd.connections.size === 0);
            questions.push(question);
            return true;
          },
        },
      }),
    );
    expect(await session.ready()).toEqual(ok(undefined));
    expect(questions).toMatchObject([
      { host: `[127.0.0.1]:${String(sshd.port)}`, fingerprint: expect.stringMatching(/^SHA256:/) as string },
    ]);
    expect(hostKeys.text()).toContain(sshd.hostKey.toString('base64'));
    expect(
      await keep(sessionTo(sshd.port, { hostKeys, asker: { acceptHostKey: () => Promise.reject(new Error('asked')) } })).ready(),
    ).toEqual(ok(undefined));
  });

  it('that holds although known_hosts can’t be written is not asked about twice', async () => {
    const sshd = keep(await fakeSshd());
    let asked = 0;
    const readOnly = { ...memoryHostKeys(), append: () => Promise.resolve(false) };
    const session = keep(
      sessionTo(sshd.port, {
        hostKeys: readOnly,
        target: { knownHosts: { userFiles: ['memory'], globalFiles: [], hashNames: false, unknown: 'ask' } },
        asker: { acceptHostKey: () => Promise.resolve(++asked > 0) },
      }),
    );
    session.hold();
    expect(await session.ready()).toEqual(ok(undefined));
    sshd.cut();
    await until(() => session.state.kind === 'waiting');
    await until(() => session.state.kind === 'connected');
    expect(asked).toBe(1);
  });

  it('that has changed is never asked about', async () => {
    const sshd = keep(await fakeSshd());
    const other = keep(await fakeSshd());
    const hostKeys = memoryHostKeys(`[127.0.0.1]:${String(sshd.port)} ecdsa-sha2-nistp256 ${other.hostKey.toString('base64')}\n`);
    const session = keep(sessionTo(sshd.port, { hostKeys }));
    session.hold();
    expect(await session.ready()).toMatchObject({ error: { kind: 'hostKeyChanged', places: [{ path: 'memory', line: 1 }] } });
    expect(session.state.kind).toBe('failed');
    expect(sshd.logins).toEqual([]);
  });
});

describe('a command', () => {
  it('that prints too much is stopped', async () => {
    const sshd = keep(await fakeSshd({ exec: (_line, channel) => void channel.write('x'.repeat(5000)) }));
    const session = keep(sessionTo(sshd.port));
    expect(await session.exec({ ...show, maxBytes: 1000 })).toMatchObject({ error: { kind: 'outputTooLong', limit: 1000 } });
  });

  it('that takes too long is stopped, and the connection goes on', async () => {
    const sshd = keep(await fakeSshd({ exec: (line, channel) => (line === 'hang' ? undefined : answer('fine')(line, channel)) }));
    const session = keep(sessionTo(sshd.port));
    expect(await session.exec({ ...show, argv: ['hang'], timeoutMs: 50 })).toMatchObject({
      error: { kind: 'timedOut', what: 'command' },
    });
    expect(await session.exec(show)).toEqual(ok('fine'));
    expect(sshd.made()).toBe(1);
  });

  it('is told from a missing program, a failure and an unreadable answer', async () => {
    const exec = (line: string, channel: Parameters<ReturnType<typeof answer>>[1]): void =>
      answer('', line === 'missing' ? 127 : line === 'failing' ? 3 : 0)(line, channel);
    const session = keep(sessionTo(keep(await fakeSshd({ exec })).port));
    expect(await session.exec({ ...show, argv: ['missing'] })).toMatchObject({
      error: { kind: 'commandNotFound', program: 'missing' },
    });
    expect(await session.exec({ ...show, argv: ['failing'] })).toMatchObject({ error: { kind: 'commandFailed', exitCode: 3 } });
    expect(await session.exec({ ...show, parse: () => ({ ok: false, error: 'odd' }) })).toMatchObject({
      error: { kind: 'outputUnreadable', detail: 'odd' },
    });
  });

  it('that is cancelled while it waits for a channel takes none', async () => {
    const sshd = keep(await fakeSshd({ exec: (line, channel) => (line === 'hang' ? undefined : answer('fine')(line, channel)) }));
    const session = keep(sessionTo(sshd.port));
    const abort = new AbortController();
    const hanging = Array.from({ length: 8 }, () => session.exec({ ...show, argv: ['hang'] }, abort.signal));
    const waiting = session.exec(show, AbortSignal.timeout(50));
    expect(await waiting).toEqual({ ok: false, error: { kind: 'cancelled' } });
    abort.abort();
    expect((await Promise.all(hanging)).every((each) => !each.ok && each.error.kind === 'cancelled')).toBe(true);
    expect(await session.exec(show)).toEqual(ok('fine'));
  });

  it('carries a complaint without escape sequences', async () => {
    const exec = (_line: string, channel: Parameters<ReturnType<typeof answer>>[1]): void => {
      channel.stderr.write('\u001b[31mred\u001b[0m\u0007 alert\u001b]0;title\n');
      channel.exit(1);
      channel.end();
    };
    const session = keep(sessionTo(keep(await fakeSshd({ exec })).port));
    expect(await session.exec(show)).toMatchObject({ error: { complaint: 'red alert]0;title' } });
  });
});

describe('input for a command', () => {
  it('stops the program when its source breaks off', async () => {
    const sshd = keep(await fakeSshd({ exec: (_line, channel) => void channel.resume() }));
    const session = keep(sessionTo(sshd.port));
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from('half'));
      throw new Error('the file has gone');
    }
    expect(await session.exec({ ...show, input: broken() })).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });
});

describe('a stream', () => {
  it('ends with the connection, and says so', async () => {
    const sshd = keep(await fakeSshd({ exec: (_line, channel) => void channel.write('one\ntwo\n') }));
    const session = keep(sessionTo(sshd.port));
    const lines: string[] = [];
    const feed = session.stream({ name: 'x', text: 'x' });
    for await (const line of feed.items) {
      lines.push(line);
      if (line === 'two') sshd.cut();
    }
    expect(lines).toEqual(['one', 'two']);
    expect(await feed.ended).toMatchObject({ ok: false, error: { kind: 'connectionLost' } });
  });

  it('with a line that never ends is given up', async () => {
    const sshd = keep(await fakeSshd({ exec: (_line, channel) => void channel.write('x'.repeat(300_000)) }));
    const feed = keep(sessionTo(sshd.port)).stream({ name: 'sampler', text: 'x' });
    for await (const line of feed.items) expect(line).toBeUndefined();
    expect(await feed.ended).toMatchObject({ error: { kind: 'outputTooLong', program: 'sampler' } });
  });

  it('stops the program when its reader leaves the loop', async () => {
    let closed = false;
    const sshd = keep(
      await fakeSshd({
        exec(_line, channel) {
          channel.on('close', () => (closed = true)).resume();
          channel.write('tick\n');
        },
      }),
    );
    const feed = keep(sessionTo(sshd.port)).stream({ name: 'x', text: 'x' });
    for await (const line of feed.items) {
      expect(line).toBe('tick');
      break;
    }
    expect(await feed.ended).toEqual({ ok: false, error: { kind: 'cancelled' } });
    await until(() => closed);
  });

  it('slows the host down instead of filling memory when its reader lags', async () => {
    let sent = 0;
    const sshd = keep(
      await fakeSshd({
        exec(_line, channel) {
          const more = (): void => {
            while (sent < 3_000_000 && channel.write('0123456789\n'.repeat(100))) sent += 100;
            if (sent < 3_000_000) channel.once('drain', more);
            else channel.end();
          };
          more();
        },
      }),
    );
    const feed = keep(sessionTo(sshd.port)).stream({ name: 'x', text: 'x' });
    let read = 0;
    for await (const line of feed.items) {
      if (read++ === 0) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(sent).toBeLessThan(3_000_000);
      }
      if (read === 1000) break;
      expect(line).toBe('0123456789');
    }
  });

  it('talks to its program while its input is kept open', async () => {
    const sshd = keep(
      await fakeSshd({
        exec: (_line, channel) => void channel.on('data', (data: Buffer) => channel.write(`heard ${data.toString()}\n`)),
      }),
    );
    const feed = keep(sessionTo(sshd.port)).stream({ name: 'x', text: 'script', keepInput: true });
    feed.write('more');
    let heard = '';
    for await (const line of feed.items) {
      heard += line;
      if (heard.includes('more')) break;
    }
    expect(heard).toContain('script');
  });
});

describe('a login', () => {
  it('asks for a password, tells which one worked, and remembers it for a reconnect', async () => {
    const sshd = keep(
      await fakeSshd({
        authenticate: (context) =>
          context.method === 'password' && context.password === 'right' ? context.accept() : context.reject(['password']),
      }),
    );
    const told: unknown[] = [];
    let asked = 0;
    const session = keep(
      sessionTo(sshd.port, {
        asker: {
          secret: () => Promise.resolve(++asked === 1 ? 'wrong' : 'right'),
          used: (question, secret, worked) => told.push([question.attempt, secret, worked]),
        },
      }),
    );
    session.hold();
    expect(await session.ready()).toEqual(ok(undefined));
    expect(told).toEqual([
      [1, 'wrong', false],
      [2, 'right', true],
    ]);
    sshd.cut();
    await until(() => session.state.kind === 'waiting');
    await until(() => session.state.kind === 'connected');
    expect(asked).toBe(2);
  });

  it('stops after three wrong passwords and says what was tried and what would do', async () => {
    const sshd = keep(await fakeSshd({ authenticate: (context) => context.reject(['password']) }));
    const session = keep(sessionTo(sshd.port, { asker: { secret: () => Promise.resolve('wrong') } }));
    expect(await session.ready()).toEqual({
      ok: false,
      error: {
        kind: 'authFailed',
        user: 'me',
        host: 'pi',
        tried: ['password', 'password', 'password'],
        accepted: ['password'],
        unusable: [],
      },
    });
    expect(sshd.logins).toEqual(['none', 'password', 'password', 'password']);
  });

  it('that the person turns down is cancelled, not failed', async () => {
    const sshd = keep(await fakeSshd({ authenticate: (context) => context.reject(['password']) }));
    expect(await keep(sessionTo(sshd.port)).ready()).toEqual({ ok: false, error: { kind: 'cancelled' } });
  });

  it('survives an asker that fails', async () => {
    const sshd = keep(await fakeSshd({ authenticate: (context) => context.reject(['password']) }));
    const failing = { secret: () => Promise.reject(new Error('the window has closed')) };
    expect(await keep(sessionTo(sshd.port, { asker: failing })).ready()).toEqual({ ok: false, error: { kind: 'cancelled' } });
    const target = { knownHosts: { userFiles: ['memory'], globalFiles: [], hashNames: false, unknown: 'ask' as const } };
    const asker = { acceptHostKey: () => Promise.reject(new Error('the window has closed')) };
    expect(await keep(sessionTo(sshd.port, { asker, target })).ready()).toMatchObject({ error: { kind: 'hostKeyUnknown' } });
  });

  it('puts the server’s own questions', async () => {
    const sshd = keep(
      await fakeSshd({
        authenticate(context) {
          if (context.method !== 'keyboard-interactive') context.reject(['keyboard-interactive']);
          else
            context.prompt([{ prompt: 'Token: ', echo: false }], 'Second factor', 'Look at your phone', (answers) => {
              if (answers[0] === '123') context.accept();
              else context.reject();
            });
        },
      }),
    );
    const questions: unknown[] = [];
    const session = keep(
      sessionTo(sshd.port, {
        asker: {
          answers(question) {
            questions.push(question);
            return Promise.resolve(['123']);
          },
        },
      }),
    );
    expect(await session.ready()).toEqual(ok(undefined));
    expect(questions).toMatchObject([
      { title: 'Second factor', instructions: 'Look at your phone', prompts: [{ text: 'Token: ', echo: false }] },
    ]);
  });

  it('does not run out of time while a person thinks', async () => {
    const sshd = keep(
      await fakeSshd({
        authenticate: (context) => (context.method === 'password' ? context.accept() : context.reject(['password'])),
      }),
    );
    const slow = (): Promise<string> => new Promise((resolve) => setTimeout(() => resolve('right'), 400));
    expect(await keep(sessionTo(sshd.port, { asker: { secret: slow }, times: { loginMs: 300 } })).ready()).toEqual(ok(undefined));
  });

  it('asks nobody when it reconnects in the background', async () => {
    let open = true;
    const sshd = keep(await fakeSshd({ authenticate: (context) => (open ? context.accept() : context.reject(['password'])) }));
    const asked: boolean[] = [];
    const session = keep(
      sessionTo(sshd.port, {
        asker: {
          secret(question) {
            asked.push(question.background);
            return Promise.resolve(undefined);
          },
        },
      }),
    );
    session.hold();
    await session.ready();
    open = false;
    sshd.cut();
    await until(() => session.state.kind === 'failed');
    expect(asked).toEqual([true]);
  });
});

describe('a ProxyCommand', () => {
  it('does not run without trust', async () => {
    const session = keep(sessionTo(1, { trusted: false, target: { proxyCommand: 'touch /tmp/ran' } }));
    expect(await session.ready()).toMatchObject({ error: { kind: 'proxyCommandNeedsTrust', command: 'touch /tmp/ran' } });
  });

  it('that fails is told by what it complained about', async () => {
    const session = keep(sessionTo(1, { target: { proxyCommand: 'echo no such proxy >&2; exit 1' } }));
    const result = await session.ready();
    expect(result).toMatchObject({ ok: false });
  });
});
