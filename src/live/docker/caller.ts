import { setMaxListeners } from 'node:events';
import { Agent, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import type { Disposable } from '../../base/disposable.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import type { Connection } from '../host/connection.ts';
import { forMessage } from '../host/output.ts';
import { TimeLimit } from '../host/time-limit.ts';
import { jsonOf } from './daemon.ts';
import { findRoute, type EngineGround, type Route } from './route.ts';
import { recordOf, textOf } from './wire.ts';

export interface CallOptions {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly timeoutMs?: number;
}

/**
 * Calls of the engine's API: dockerode's modem over an http.Agent of ours. Its own helpers collect an answer
 * without end; here every answer is a stream first, and read up to a limit.
 */
export class EngineCaller implements Disposable {
  readonly #ground: EngineGround;
  readonly #agent: ChannelAgent;
  readonly #modem: Docker['modem'];
  readonly #routes = new WeakMap<Connection, Promise<Result<Route, LiveError>>>();

  constructor(ground: EngineGround) {
    this.#ground = ground;
    this.#agent = new ChannelAgent((signal) => this.#open(signal));
    // Host, port and protocol are given because modem would take what is missing from DOCKER_HOST. Its types know no agent.
    // No other name will do: VS Code puts its proxy's agent in the place of ours, except for localhost.
    const options = { host: 'http://localhost', port: 80, protocol: 'http' as const, agent: this.#agent };
    this.#modem = new Docker(options).modem;
  }

  async json(
    method: 'GET' | 'POST',
    path: string,
    options: CallOptions,
    signal?: AbortSignal,
  ): Promise<Result<unknown, LiveError>> {
    const first = await this.#once(method, path, options, signal);
    // A daemon that restarted has left dead connections in the pool, which only a request finds out.
    const again = !first.ok && first.error.kind === 'connectionLost' && method === 'GET';
    return again ? this.#once(method, path, options, signal) : first;
  }

  /** An answer that goes on. The caller reads it and destroys it. */
  stream(path: string, options: CallOptions, signal: AbortSignal): Promise<Result<IncomingMessage, LiveError>> {
    return this.#dial<IncomingMessage>('GET', path, options, signal, { isStream: true });
  }

  /** A connection that the engine hands over to a program in a container. */
  hijack(path: string, options: CallOptions, signal: AbortSignal): Promise<Result<Duplex, LiveError>> {
    return this.#dial<Duplex>('POST', path, options, signal, { isStream: true, hijack: true, openStdin: true });
  }

  dispose(): void {
    this.#agent.destroy();
  }

  async #once(
    method: 'GET' | 'POST',
    path: string,
    options: CallOptions,
    signal: AbortSignal | undefined,
  ): Promise<Result<unknown, LiveError>> {
    const timeoutMs = options.timeoutMs ?? CALL_TIMEOUT_MS;
    const limit = new TimeLimit(timeoutMs, signal);
    const use = this.#ground.use();
    try {
      const response = await this.#dial<IncomingMessage>(method, path, options, limit.signal, { isStream: true });
      const text = response.ok ? await readAll(response.value, MAX_ANSWER, limit.signal) : response;
      if (!text.ok) return limit.expired ? fail({ kind: 'timedOut', what: 'docker', seconds: timeoutMs / 1000 }) : text;
      if (text.value === '') return ok(undefined);
      const value = jsonOf(text.value);
      return value === undefined ? fail({ kind: 'engineUnreadable', detail: `${path} answered no JSON` }) : ok(value);
    } finally {
      use.dispose();
      limit.end();
    }
  }

  #dial<T extends IncomingMessage | Duplex>(
    method: 'GET' | 'POST',
    path: string,
    { query, body }: CallOptions,
    signal: AbortSignal,
    how: { isStream: boolean; hijack?: boolean; openStdin?: boolean },
  ): Promise<Result<T, LiveError>> {
    if (signal.aborted) return Promise.resolve(fail({ kind: 'cancelled' }));
    const options = { _query: query ?? {}, _body: body ?? {} };
    return new Promise((resolve) => {
      // A request that still waits for its channel doesn't hear the signal by itself.
      const cancel = (): void => resolve(fail({ kind: 'cancelled' }));
      signal.addEventListener('abort', cancel, { once: true });
      const request = { path: `${path}?`, method, abortSignal: signal, statusCodes: EVERY_STATUS, ...how };
      this.#modem.dial({ ...request, ...(method === 'POST' || query ? { options } : {}) }, (error: unknown, answer: unknown) => {
        signal.removeEventListener('abort', cancel);
        void this.#judge<T>(error, answer, signal).then(resolve);
      });
    });
  }

  async #judge<T extends IncomingMessage | Duplex>(
    error: unknown,
    answer: unknown,
    signal: AbortSignal,
  ): Promise<Result<T, LiveError>> {
    if (error !== null && error !== undefined) return fail(this.#explain(error, signal));
    const { statusCode: status = 101 } = answer as IncomingMessage;
    if (status < 400) return ok(answer as T);
    const said = await readAll(answer as IncomingMessage, MAX_COMPLAINT, signal);
    const message = said.ok ? (textOf(recordOf(jsonOf(said.value)).message) ?? said.value) : '';
    return fail({ kind: 'engineRefused', status, said: forMessage(message) });
  }

  #explain(error: unknown, signal: AbortSignal): LiveError {
    if (error instanceof RouteError) return error.live;
    if (signal.aborted) return { kind: 'cancelled' };
    // Reset, hang-up and parse errors: http gives codes, and either way this answer is lost.
    const { code } = error as NodeJS.ErrnoException;
    if (code?.startsWith('HPE_') === true) return { kind: 'engineUnreadable', detail: 'the answer was not HTTP' };
    return { kind: 'connectionLost', host: this.#ground.host };
  }

  async #open(signal: AbortSignal): Promise<Result<Duplex, LiveError>> {
    const connection = await this.#ground.connection(signal);
    if (!connection.ok) return connection;
    const route = await this.#route(connection.value, signal);
    if (!route.ok) return route;
    const socket = await route.value.open(signal);
    if (socket.ok || socket.error.kind !== 'channelRefused' || route.value.kind !== 'socket') return socket;
    // It worked before, so forwarding is allowed and the daemon has gone. What comes back may listen elsewhere.
    this.#routes.delete(connection.value);
    return fail({ kind: 'dockerStopped', host: this.#ground.host, socket: route.value.socket });
  }

  #route(connection: Connection, signal: AbortSignal): Promise<Result<Route, LiveError>> {
    const known = this.#routes.get(connection);
    if (known !== undefined) return known;
    const found = findRoute(this.#ground, connection, signal).then((route) => {
      if (!route.ok) this.#routes.delete(connection);
      return route;
    });
    this.#routes.set(connection, found);
    return found;
  }
}

/** Reads to the end, up to a limit, and lets go of the answer whatever happens. */
export function readAll(response: IncomingMessage, limit: number, signal: AbortSignal): Promise<Result<string, LiveError>> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    const settle = (result: Result<string, LiveError>): void => {
      signal.removeEventListener('abort', cancel);
      if (!result.ok) response.destroy();
      resolve(result);
    };
    const cancel = (): void => settle(fail({ kind: 'cancelled' }));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    response.on('data', (data: Buffer) => {
      size += data.length;
      if (size > limit) settle(fail({ kind: 'engineUnreadable', detail: `more than ${String(limit)} bytes` }));
      else parts.push(data);
    });
    response.on('end', () => settle(ok(Buffer.concat(parts).toString('utf8'))));
    response.on('error', () => settle(fail({ kind: 'engineUnreadable', detail: 'the answer broke off' })));
    response.on('close', () => settle(fail({ kind: 'engineUnreadable', detail: 'the answer broke off' })));
  });
}

const CALL_TIMEOUT_MS = 20_000;
const MAX_ANSWER = 16 * 1024 * 1024;
const MAX_COMPLAINT = 64 * 1024;

/** Every status is ours to judge: dockerode would read a refusal without a limit. */
const EVERY_STATUS = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index + 100, true as const]));

/** Carries one of our errors through http, which passes on whatever the connection failed with. */
class RouteError extends Error {
  readonly live: LiveError;

  constructor(live: LiveError) {
    super(live.kind);
    this.live = live;
  }
}

/**
 * docker-modem inspects every request's options with all that hangs on them, hidden properties included, for a debug
 * line that nobody sees: milliseconds for each call, most of what watching many hosts cost.
 */
function quiet<T extends object>(value: T): T {
  return Object.defineProperty(value, inspect.custom, { value: () => value.constructor.name, configurable: true });
}

class ChannelAgent extends Agent {
  readonly #open: (signal: AbortSignal) => Promise<Result<Duplex, LiveError>>;
  readonly #end = new AbortController();

  constructor(open: (signal: AbortSignal) => Promise<Result<Duplex, LiveError>>) {
    // Beyond the few that are kept for the next request, a channel closes with its answer.
    super({ keepAlive: true, maxFreeSockets: 2, maxSockets: 32 });
    this.#open = open;
    quiet(this);
    // Every channel that is being opened listens to the one end of the engine.
    setMaxListeners(0, this.#end.signal);
  }

  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    void this.#open(this.#end.signal).then((opened) => {
      const give = done as (error: Error | null, stream?: Duplex) => void;
      if (opened.ok) give(null, opened.value);
      else give(new RouteError(opened.error));
    });
    return undefined;
  }

  override destroy(): void {
    this.#end.abort();
    super.destroy();
  }
}
