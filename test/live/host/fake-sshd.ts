import { generateKeyPairSync } from 'node:crypto';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTcp, createServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import type { AuthContext, ServerChannel, ServerConfig } from 'ssh2';
import { ok } from '../../../src/base/result.ts';
import type { Asker } from '../../../src/live/host/asker.ts';
import { noAsker } from '../../../src/live/host/asker.ts';
import type { Dial } from '../../../src/live/host/dial.ts';
import type { SessionPorts, SessionTimes } from '../../../src/live/host/host-session.ts';
import { parseKnownHosts, type KnownHostsLine } from '../../../src/live/host/known-hosts.ts';
import type { HostKeyStore } from '../../../src/live/host/known-hosts-files.ts';
import { Server, utils } from '../../../src/live/host/ssh2.ts';
import type { HostTarget } from '../../../src/live/host/target.ts';
import { connect, type Session } from '../../../src/live/session.ts';

/** An SSH server in this process, on the loopback, that does what a test tells it. */
export interface FakeSshd {
  readonly port: number;
  readonly hostKey: Buffer;
  /** Connections open now. */
  readonly connections: ReadonlySet<Socket>;
  /** How many were made in all. */
  readonly made: () => number;
  /** Login methods that were tried, in order. */
  readonly logins: string[];
  cut(): void;
  close(): Promise<void>;
}

export interface FakeBehaviour {
  readonly algorithms?: ServerConfig['algorithms'];
  authenticate?(context: AuthContext): void;
  exec?(line: string, channel: ServerChannel): void;
  /** Whether forwarded unix sockets are accepted. */
  readonly socket?: (path: string, channel: ServerChannel) => void;
}

export async function fakeSshd(behaviour: FakeBehaviour = {}): Promise<FakeSshd> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const pem = privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  const sockets = new Set<Socket>();
  const logins: string[] = [];
  let made = 0;
  const ssh = new Server({ hostKeys: [pem], ...(behaviour.algorithms && { algorithms: behaviour.algorithms }) }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      logins.push(context.method);
      (behaviour.authenticate ?? ((each: AuthContext) => each.accept()))(context);
    });
    client.on('session', (accept) => {
      accept().on('exec', (confirm, _reject, { command }) => {
        const channel = confirm();
        channel.on('error', () => undefined);
        (behaviour.exec ?? answer(''))(command, channel);
      });
    });
    client.on('openssh.streamlocal' as 'tcpip', (accept, reject, info) => {
      if (behaviour.socket === undefined) reject();
      else behaviour.socket((info as unknown as { socketPath: string }).socketPath, accept());
    });
  });
  const tcp: TcpServer = createServer((socket) => {
    made++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const parsed = utils.parseKey(pem);
  return {
    port: (tcp.address() as AddressInfo).port,
    hostKey: (parsed as { getPublicSSH(): Buffer }).getPublicSSH(),
    connections: sockets,
    made: () => made,
    logins,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => tcp.close(() => resolve()));
    },
  };
}

/** Prints a text and ends well. */
export function answer(text: string, code = 0): (line: string, channel: ServerChannel) => void {
  return (_line, channel) => {
    // Whoever feeds standard input must see it read.
    channel.resume();
    channel.write(text);
    channel.exit(code);
    channel.end();
  };
}

/** known_hosts in memory. */
export function memoryHostKeys(text = ''): HostKeyStore & { text: () => string } {
  let held = text;
  return {
    read: (): Promise<readonly KnownHostsLine[]> => Promise.resolve(parseKnownHosts('memory', held)),
    append(_path, entry) {
      held += entry;
      return Promise.resolve(true);
    },
    text: () => held,
  };
}

export function hostTarget(port: number, more: Partial<HostTarget> = {}): HostTarget {
  return {
    name: 'pi',
    hostName: '127.0.0.1',
    port,
    user: 'me',
    identityFiles: [],
    identitiesOnly: false,
    agents: [],
    jumps: [],
    knownHosts: { userFiles: ['memory'], globalFiles: [], hashNames: false, unknown: 'accept' },
    notes: [],
    ...more,
  };
}

export interface FakeSessionOptions {
  readonly asker?: Partial<Asker>;
  readonly hostKeys?: HostKeyStore;
  readonly dial?: Dial;
  readonly target?: Partial<HostTarget>;
  readonly times?: Partial<SessionTimes>;
  readonly trusted?: boolean;
}

export function sessionTo(
  port: number,
  { asker, hostKeys, dial, target, times, trusted = true }: FakeSessionOptions = {},
): Session {
  const ports: SessionPorts = {
    asker: { ...noAsker, ...asker },
    machine: { home: '/nowhere', user: 'me', platform: 'linux', environment: new Map(), sshProgram: '' },
    trusted,
    resolve: () => Promise.resolve(ok(hostTarget(port, target))),
    hostKeys: hostKeys ?? memoryHostKeys(),
    ...(dial === undefined ? {} : { dial }),
    ...(times === undefined ? {} : { times }),
  };
  return connect('pi', ports);
}

/** A network that brings one byte at a time. */
export const trickle: Dial = (host, port) => {
  const socket = connectTcp({ host, port });
  const stream = new Duplex({
    read: () => undefined,
    write(chunk: Buffer, _encoding, done) {
      socket.write(chunk, done);
    },
    final(done) {
      socket.end();
      done();
    },
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (data: Buffer) => {
    for (const byte of data) stream.push(Buffer.from([byte]));
  });
  socket
    .on('end', () => stream.push(null))
    .on('error', () => undefined)
    .on('close', () => stream.destroy());
  return Promise.resolve(ok(stream));
};
