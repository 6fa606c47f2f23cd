import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Clock } from '../../base/clock.ts';
import { message, type Message } from '../../base/message.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import type { Asker } from './asker.ts';
import { Connection } from './connection.ts';
import { dialCommand, type Dial } from './dial.ts';
import { shakeHands } from './handshake.ts';
import { HostKeyCheck } from './host-key-check.ts';
import type { HostKeyStore } from './known-hosts-files.ts';
import type { Secrets } from './secrets.ts';
import type { HostTarget } from './target.ts';
import { text } from './text.ts';

export interface ConnectPorts {
  readonly clock: Clock;
  readonly asker: Asker;
  readonly hostKeys: HostKeyStore;
  readonly dial: Dial;
  readonly secrets: Secrets;
  /** Keys accepted in this session, by `name:port`. */
  readonly accepted: Map<string, Buffer[]>;
  /** Whether a ProxyCommand may run. */
  readonly trusted: boolean;
  readonly times: ConnectTimes;
  /** Something worth a line in the log. Never a secret. */
  readonly notice: (notice: Message) => void;
}

export interface ConnectTimes {
  readonly dialMs: number;
  readonly loginMs: number;
  readonly keepaliveMs: number;
}

export interface Attempt {
  readonly background: boolean;
  readonly signal: AbortSignal;
}

/** Connects through all hops. Asks about unknown host keys between attempts, at most once for each hop. */
export async function connectTo(
  target: HostTarget,
  ports: ConnectPorts,
  attempt: Attempt,
): Promise<Result<Connection, LiveError>> {
  for (let questions = 0; ; questions++) {
    const clients: Client[] = [];
    const outcome = await throughHops(target, ports, attempt, clients);
    if (outcome.ok) return outcome;
    for (const client of clients.reverse()) client.end().destroy();
    const { error, check, hop } = outcome.error;
    const wrapped: LiveError =
      hop === target || error.kind === 'cancelled' ? error : { kind: 'jumpFailed', jump: hop.name, cause: error };
    if (check?.unknown === undefined || questions > target.jumps.length) return fail(wrapped);
    if (!(await accepts(hop, check, ports, attempt))) return fail(wrapped);
    await remember(hop, check, ports);
  }
}

interface HopFailure {
  readonly error: LiveError;
  readonly hop: HostTarget;
  readonly check?: HostKeyCheck;
}

async function throughHops(
  target: HostTarget,
  ports: ConnectPorts,
  attempt: Attempt,
  clients: Client[],
): Promise<Result<Connection, HopFailure>> {
  let software = '';
  let before = '';
  for (const hop of [...target.jumps, target]) {
    const stream = await openStream(hop, clients.at(-1), before, ports, attempt);
    if (!stream.ok) return fail({ error: stream.error, hop });
    const check = await HostKeyCheck.prepare(hop, ports.hostKeys, ports.accepted.get(keyOf(hop)) ?? []);
    const { clock, asker, secrets, times } = ports;
    const limits = { timeoutMs: times.loginMs, keepaliveMs: times.keepaliveMs };
    const hands = await shakeHands(hop, stream.value, check, { clock, asker, secrets, ...limits, ...attempt });
    if (!hands.ok) return fail({ error: hands.error, hop, check });
    // From here on a hop may fall at any moment; the connection listens only once all of them stand.
    hands.value.client.on('error', () => undefined);
    clients.push(hands.value.client);
    await remember(hop, check, ports);
    software = hands.value.software;
    before = hop.name;
  }
  const [first, ...rest] = clients;
  if (first === undefined) return fail({ error: { kind: 'closed' }, hop: target });
  return ok(new Connection(target.name, target.user, software, [first, ...rest], ports.times.keepaliveMs));
}

async function openStream(
  hop: HostTarget,
  through: Client | undefined,
  before: string,
  { dial, trusted, times }: ConnectPorts,
  { signal }: Attempt,
): Promise<Result<Duplex, LiveError>> {
  const { hostName, port, proxyCommand: command } = hop;
  const limits = { timeoutMs: hop.connectTimeoutMs ?? times.dialMs, signal };
  if (through !== undefined) return forward(through, before, hostName, port, limits.timeoutMs);
  if (command === undefined) return dial(hostName, port, limits);
  if (!trusted) return fail({ kind: 'proxyCommandNeedsTrust', host: hostName, command });
  return dialCommand(command, hostName, limits);
}

function forward(
  client: Client,
  before: string,
  host: string,
  port: number,
  timeoutMs: number,
): Promise<Result<Duplex, LiveError>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(fail({ kind: 'timedOut', what: 'connect', seconds: timeoutMs / 1000 })), timeoutMs);
    try {
      client.forwardOut('127.0.0.1', 0, host, port, (error: (Error & { reason?: unknown }) | undefined, channel) => {
        clearTimeout(timer);
        if (error === undefined) resolve(ok(channel));
        else if (error.reason === ADMINISTRATIVELY_PROHIBITED)
          resolve(fail({ kind: 'forwardingForbidden', host: before, to: host }));
        else resolve(fail({ kind: 'unreachable', host, port, why: 'other' }));
      });
    } catch {
      clearTimeout(timer);
      resolve(fail({ kind: 'connectionLost', host }));
    }
  });
}

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED of RFC 4254, 5.1. */
const ADMINISTRATIVELY_PROHIBITED = 1;

async function accepts(hop: HostTarget, { unknown }: HostKeyCheck, { asker }: ConnectPorts, attempt: Attempt): Promise<boolean> {
  if (unknown === undefined || hop.knownHosts.unknown !== 'ask') return false;
  const yes = await asker.acceptHostKey({ ...unknown.question, background: attempt.background }, attempt.signal);
  return yes && !attempt.signal.aborted;
}

async function remember(hop: HostTarget, check: HostKeyCheck, ports: ConnectPorts): Promise<void> {
  const { unknown } = check;
  if (unknown === undefined) return;
  ports.accepted.set(keyOf(hop), [...(ports.accepted.get(keyOf(hop)) ?? []), unknown.key]);
  const [path] = hop.knownHosts.userFiles;
  const kept = path !== undefined && (await ports.hostKeys.append(path, check.entryFor(unknown.key)));
  if (!kept) ports.notice(message(text.keyNotKept, { host: hop.name, path: path ?? '–' }));
}

function keyOf({ hostName, port }: HostTarget): string {
  return `${hostName}:${String(port)}`;
}
