import type { Clock } from '../../base/clock.ts';
import { onDispose, type Disposable } from '../../base/disposable.ts';
import { fail, type Result } from '../../base/result.ts';
import { mayPass, type LiveError } from '../errors.ts';
import type { ConnectionState } from '../session.ts';
import type { Attempt } from './connect.ts';
import type { Connection } from './connection.ts';

export interface LinkPorts {
  readonly clock: Clock;
  /** Between 0 and 1; spreads the reconnects of many windows after a router came back. */
  readonly random: () => number;
  /** How long a connection stays open that nobody holds. */
  readonly idleMs: number;
  connect(attempt: Attempt): Promise<Result<Connection, LiveError>>;
}

/**
 * The connection of a host over time: opened when first asked for, one attempt at a time, brought back with backoff
 * while someone holds it, closed when nobody does.
 */
export class Link implements Disposable {
  readonly #ports: LinkPorts;
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  #state: ConnectionState = { kind: 'idle' };
  #connection: Connection | undefined;
  #attempt:
    | { readonly person: boolean; readonly outcome: Promise<Result<Connection, LiveError>>; readonly abort: AbortController }
    | undefined;
  #timer: Disposable | undefined;
  #holds = 0;
  #users = 0;
  #failures = 0;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  onState(listener: (state: ConnectionState) => void): Disposable {
    this.#listeners.add(listener);
    return onDispose(() => this.#listeners.delete(listener));
  }

  /** Keeps it open and coming back. */
  hold(): Disposable {
    this.#holds++;
    this.#stayOpen();
    const state = this.#state;
    if (state.kind === 'idle' || (state.kind === 'failed' && mayPass(state.error))) void this.#start(true);
    return onDispose(() => {
      this.#holds--;
      if (this.#holds === 0 && this.#state.kind === 'waiting') this.#rest();
      this.#closeWhenIdle();
    });
  }

  /** Keeps it from closing while something runs over it, without bringing it back. */
  use(): Disposable {
    this.#users++;
    this.#stayOpen();
    return onDispose(() => {
      this.#users--;
      this.#closeWhenIdle();
    });
  }

  /**
   * The live connection. With `person`, someone has asked just now: a wait for the next try ends, and questions may
   * be put. Without, a host that is known to be away, or to need a person, is answered for at once.
   */
  async connection(signal?: AbortSignal, person = false): Promise<Result<Connection, LiveError>> {
    if (isAborted(signal)) return fail({ kind: 'cancelled' });
    if (this.#connection !== undefined) return { ok: true, value: this.#connection };
    const state = this.#state;
    if (state.kind === 'closed') return fail({ kind: 'closed' });
    if (!person && this.#attempt === undefined && (state.kind === 'waiting' || state.kind === 'failed')) return fail(state.error);
    const release = this.use();
    try {
      const joined = this.#attempt?.person === false;
      const result = await cancellable(this.#start(true), signal);
      // An attempt that nobody was to be asked in may have failed for want of an answer.
      const again = person && joined && !result.ok && !mayPass(result.error) && !isAborted(signal);
      return again ? await cancellable(this.#start(true), signal) : result;
    } finally {
      release.dispose();
      // A first connection that its only asker has given up on is not made for nobody.
      if (isAborted(signal) && this.#users === 0 && this.#holds === 0) this.#attempt?.abort.abort();
    }
  }

  dispose(): void {
    if (this.#state.kind === 'closed') return;
    this.#timer?.dispose();
    this.#attempt?.abort.abort();
    const connection = this.#connection;
    this.#connection = undefined;
    this.#become({ kind: 'closed' });
    this.#listeners.clear();
    connection?.close();
  }

  #start(person: boolean): Promise<Result<Connection, LiveError>> {
    if (this.#attempt !== undefined) return this.#attempt.outcome;
    this.#timer?.dispose();
    const abort = new AbortController();
    const { clock } = this.#ports;
    if (this.#state.kind !== 'waiting') this.#become({ kind: 'connecting', since: clock.wall() });
    const outcome = this.#ports.connect({ background: !person, signal: abort.signal }).then((result) => {
      this.#attempt = undefined;
      return this.#settle(result);
    });
    this.#attempt = { person, outcome, abort };
    return outcome;
  }

  #settle(result: Result<Connection, LiveError>): Result<Connection, LiveError> {
    if (this.#state.kind === 'closed') {
      if (result.ok) result.value.close();
      return fail({ kind: 'closed' });
    }
    if (result.ok) this.#connected(result.value);
    else this.#failed(result.error);
    return result;
  }

  #connected(connection: Connection): void {
    this.#failures = 0;
    this.#connection = connection;
    this.#become({ kind: 'connected', since: this.#ports.clock.wall() });
    void connection.ended.then((error) => {
      if (this.#connection !== connection) return;
      this.#connection = undefined;
      if (this.#holds > 0 && mayPass(error)) this.#retryLater(error);
      else this.#rest();
    });
    this.#closeWhenIdle();
  }

  #failed(error: LiveError): void {
    if (error.kind === 'cancelled') this.#rest();
    else if (this.#holds > 0 && mayPass(error)) this.#retryLater(error);
    else this.#become({ kind: 'failed', since: this.#ports.clock.wall(), error });
  }

  #retryLater(error: LiveError): void {
    const { clock, random } = this.#ports;
    const attempt = ++this.#failures;
    // Capped low, because a Pi that is back must be seen within ten seconds; half of it is jitter.
    const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1)) * (0.5 + random() / 2);
    const since = this.#state.kind === 'waiting' ? this.#state.since : clock.wall();
    this.#become({ kind: 'waiting', since, error, attempt, retryAt: clock.wall() + delay });
    this.#timer = clock.after(delay, () => void this.#start(false));
  }

  #rest(): void {
    this.#timer?.dispose();
    this.#failures = 0;
    this.#attempt?.abort.abort();
    this.#become({ kind: 'idle' });
  }

  #closeWhenIdle(): void {
    if (this.#holds > 0 || this.#users > 0 || this.#state.kind !== 'connected') return;
    this.#timer?.dispose();
    this.#timer = this.#ports.clock.after(this.#ports.idleMs, () => {
      const connection = this.#connection;
      this.#connection = undefined;
      this.#rest();
      connection?.close();
    });
  }

  #stayOpen(): void {
    if (this.#state.kind === 'connected') this.#timer?.dispose();
  }

  #become(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 4_000;

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function cancellable<T>(work: Promise<Result<T, LiveError>>, signal: AbortSignal | undefined): Promise<Result<T, LiveError>> {
  if (signal === undefined) return work;
  return new Promise((resolve) => {
    const cancel = (): void => resolve(fail({ kind: 'cancelled' }));
    signal.addEventListener('abort', cancel, { once: true });
    void work.then((result) => {
      signal.removeEventListener('abort', cancel);
      resolve(result);
    });
  });
}
