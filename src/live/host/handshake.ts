import type { Duplex } from 'node:stream';
import type { Algorithms, Client as SshClient, ServerHostKeyAlgorithm } from 'ssh2';
import type { Clock } from '../../base/clock.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import { Deadline } from './deadline.ts';
import { socketError } from './dial.ts';
import { hostKeyAlgorithms } from './host-key.ts';
import type { HostKeyCheck } from './host-key-check.ts';
import { Login, type LoginContext } from './login.ts';
import { Client } from './ssh2.ts';
import type { HostTarget } from './target.ts';

export interface HandshakePorts extends Omit<LoginContext, 'pausedFor'> {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly keepaliveMs: number;
}

/** A client that is logged in, and how its server introduced itself (`OpenSSH_9.2p1 Debian-2`, `dropbear_2022.83`). */
export interface Handshaken {
  readonly client: SshClient;
  readonly software: string;
}

/** Speaks SSH over an open stream: key exchange, the verdict on the host key, then the login. */
export async function shakeHands(
  target: HostTarget,
  stream: Duplex,
  check: HostKeyCheck,
  ports: HandshakePorts,
): Promise<Result<Handshaken, LiveError>> {
  const client = new Client();
  const greeting = new Greeting(stream);
  let settle: (result: Result<Handshaken, LiveError>) => void = () => undefined;
  const outcome = new Promise<Result<Handshaken, LiveError>>((resolve) => (settle = resolve));
  const deadline = new Deadline(ports.clock, ports.timeoutMs, () =>
    settle(fail({ kind: 'timedOut', what: 'login', seconds: Math.round(ports.timeoutMs / 1000) })),
  );
  const login = new Login(target, { ...ports, pausedFor: (wait) => deadline.pausedFor(wait) });
  const cancel = (): void => settle(fail({ kind: 'cancelled' }));
  ports.signal.addEventListener('abort', cancel, { once: true });
  client.on('error', (error) => {
    const why = explainError(error, target, check, greeting, login);
    if (why !== undefined) settle(fail(why));
  });
  client.once('close', () => settle(fail(greeting.reset(target))));
  client.once('ready', () => settle(ok({ client, software: greeting.software })));
  try {
    if (ports.signal.aborted) cancel();
    else {
      await login.prepare();
      begin(client, target, stream, check, login, ports.keepaliveMs);
      greeting.listen();
    }
    const result = await outcome;
    if (result.ok) login.succeeded();
    else abandon(client, stream);
    return result;
  } finally {
    deadline.dispose();
    greeting.stop();
    ports.signal.removeEventListener('abort', cancel);
  }
}

function begin(
  client: SshClient,
  target: HostTarget,
  stream: Duplex,
  check: HostKeyCheck,
  login: Login,
  keepaliveMs: number,
): void {
  const algorithms: Algorithms = {
    serverHostKey: hostKeyAlgorithms(check.knownTypes, target.knownHosts.algorithms) as ServerHostKeyAlgorithm[],
  };
  client.connect({
    sock: stream,
    username: target.user,
    algorithms,
    authHandler: login.handler,
    hostVerifier: (key: Buffer) => check.verdictOn(key),
    // Our own limit stands still while a person is asked; ssh2's would not.
    readyTimeout: 0,
    keepaliveInterval: keepaliveMs,
    keepaliveCountMax: KEEPALIVE_MISSES,
    // Dropbear's newer releases forward unix sockets too; who can't says so when asked.
    strictVendor: false,
  });
}

/** Unanswered keepalives after which a connection counts as dead: found after one interval more. */
export const KEEPALIVE_MISSES = 2;

type SshError = Error & { level?: string; code?: unknown };

/** Undefined where the login goes on: a key whose agent or passphrase failed is followed by the next one. */
function explainError(
  error: SshError,
  target: HostTarget,
  check: HostKeyCheck,
  greeting: Greeting,
  login: Login,
): LiveError | undefined {
  const { hostName: host, port } = target;
  if (error.level === 'agent') return undefined;
  if (error.level === 'client-authentication') return login.failure();
  // A number is the server's own reason to hang up: 2 and 14 are what OpenSSH says after too many refusals.
  if (typeof error.code === 'number' && check.accepted) return login.failure();
  if (check.refusal !== undefined) return check.refusal;
  if (!greeting.isSsh) return error.level === 'client-socket' ? socketError(error, host, port) : greeting.reset(target);
  if (error.level === 'handshake') return { kind: 'noCommonAlgorithm', host, detail: error.message.slice(0, 200) };
  return error.level === 'client-socket' ? socketError(error, host, port) : { kind: 'notSsh', host, port };
}

function abandon(client: SshClient, stream: Duplex): void {
  client.on('error', () => undefined);
  client.end();
  client.destroy();
  stream.on('error', () => undefined);
  stream.destroy();
}

/** What the other side says first, looked at beside ssh2, which keeps it to itself. */
class Greeting {
  readonly #stream: Duplex;
  #text = '';

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  get isSsh(): boolean {
    return /^SSH-(2\.0|1\.99)-/m.test(this.#text);
  }

  get software(): string {
    return /^SSH-[\d.]+-([^\r\n]*)/m.exec(this.#text)?.[1] ?? '';
  }

  /** Hung up before anything was said, or said something that isn't SSH. */
  reset({ hostName: host, port }: HostTarget): LiveError {
    return this.#text === '' || this.isSsh ? { kind: 'unreachable', host, port, why: 'reset' } : { kind: 'notSsh', host, port };
  }

  listen(): void {
    this.#stream.on('data', this.#hear);
  }

  stop(): void {
    this.#stream.off('data', this.#hear);
  }

  readonly #hear = (data: Buffer): void => {
    this.#text += data.toString('latin1', 0, 512);
    if (this.isSsh || this.#text.length > 4096) this.stop();
  };
}
