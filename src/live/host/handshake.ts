import type { Duplex } from 'node:stream';
import type { Algorithms, Client as SshClient, ServerHostKeyAlgorithm } from 'ssh2';
import type { Clock } from '../../base/clock.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import { Deadline } from './deadline.ts';
import { socketError } from './dial.ts';
import { readGreeting } from './greeting.ts';
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
  const over = new AbortController();
  const stop = (): void => over.abort();
  const login: { limit: Deadline; late: boolean } = {
    late: false,
    limit: new Deadline(ports.clock, ports.timeoutMs, () => {
      login.late = true;
      stop();
    }),
  };
  ports.signal.addEventListener('abort', stop, { once: true });
  if (ports.signal.aborted) stop();
  try {
    const software = await readGreeting(stream, target, over.signal);
    const result = software.ok ? await logIn(target, stream, check, { ...ports, signal: over.signal }, login.limit) : software;
    if (result.ok && software.ok) return ok({ client: result.value, software: software.value });
    stream.on('error', () => undefined).destroy();
    const late: LiveError = { kind: 'timedOut', what: 'login', seconds: Math.round(ports.timeoutMs / 1000) };
    return fail(login.late ? late : result.ok ? { kind: 'closed' } : result.error);
  } finally {
    login.limit.dispose();
    ports.signal.removeEventListener('abort', stop);
  }
}

async function logIn(
  target: HostTarget,
  stream: Duplex,
  check: HostKeyCheck,
  ports: HandshakePorts,
  limit: Deadline,
): Promise<Result<SshClient, LiveError>> {
  const login = new Login(target, { ...ports, pausedFor: (wait) => limit.pausedFor(wait) });
  await login.prepare();
  if (ports.signal.aborted) return fail({ kind: 'cancelled' });
  const client = new Client();
  const outcome = await new Promise<Result<SshClient, LiveError>>((resolve) => {
    ports.signal.addEventListener('abort', () => resolve(fail({ kind: 'cancelled' })), { once: true });
    client.on('error', (error) => {
      const why = explainError(error, target, check, login);
      if (why !== undefined) resolve(fail(why));
    });
    client.once('close', () =>
      resolve(fail(check.refusal ?? { kind: 'unreachable', host: target.hostName, port: target.port, why: 'reset' })),
    );
    client.once('ready', () => resolve(ok(client)));
    begin(client, target, stream, check, login, ports.keepaliveMs);
  });
  if (outcome.ok) login.succeeded();
  else client.end().destroy();
  return outcome;
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
function explainError(error: SshError, target: HostTarget, check: HostKeyCheck, login: Login): LiveError | undefined {
  const { hostName: host, port } = target;
  if (error.level === 'agent') return undefined;
  if (error.level === 'client-authentication') return login.failure();
  if (check.refusal !== undefined) return check.refusal;
  // Once a login was tried, the server hangs up for one reason: too many refusals.
  if (typeof error.code === 'number' && login.begun) return login.failure();
  if (error.level === 'handshake' || error.code === KEY_EXCHANGE_FAILED)
    return { kind: 'noCommonAlgorithm', host, detail: error.message.slice(0, 200) };
  return error.level === 'client-socket' ? socketError(error, host, port) : { kind: 'notSsh', host, port };
}

/** SSH_DISCONNECT_KEY_EXCHANGE_FAILED of RFC 4253, 11.1: what a server says that finds no algorithm in common first. */
const KEY_EXCHANGE_FAILED = 3;
