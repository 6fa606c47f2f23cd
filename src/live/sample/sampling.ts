import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Sample } from '../cgroup/reading.ts';
import type { LiveError } from '../errors.ts';
import type { LineFeed } from '../feed.ts';
import type { Session } from '../session.ts';
import { FrameDecoder } from './decode.ts';
import { sampler, tickLine } from './sampler.ts';

export type SamplingState =
  | { readonly kind: 'paused' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** No connection now; goes on by itself when there is one. */
  | { readonly kind: 'waiting'; readonly error: LiveError }
  /** The host has no shell or awk that the sampler could run in, or prints nothing but garbage. */
  | { readonly kind: 'unable'; readonly why: string };

export interface SamplingPorts {
  readonly clock: Clock;
  readonly onSample: (sample: Sample) => void;
  readonly onState: (state: SamplingState) => void;
}

/**
 * Keeps the sampler of one host going and asks it for a frame each period. Never more than one question is open, so a
 * slow network makes samples rarer, not older.
 */
export class Sampling implements Disposable {
  readonly #session: Session;
  readonly #ports: SamplingPorts;
  readonly #decoder = new FrameDecoder();
  readonly #watching: Disposable;
  #state: SamplingState = { kind: 'paused' };
  #period: number | undefined;
  #feed: LineFeed | undefined;
  #timer: Disposable | undefined;
  #askedAt: number | undefined;
  #ticks = 0;
  #scanSoon = false;
  #failures = 0;
  #disposed = false;

  constructor(session: Session, ports: SamplingPorts) {
    this.#session = session;
    this.#ports = ports;
    this.#watching = session.onState(({ kind }) => {
      if (kind === 'connected' && this.#period !== undefined && this.#feed === undefined) this.#start();
    });
  }

  get state(): SamplingState {
    return this.#state;
  }

  /** Milliseconds between samples; undefined stops the sampler, which is then gone from the host too. */
  setPeriod(period: number | undefined): void {
    if (this.#disposed || period === this.#period) return;
    this.#period = period;
    if (period === undefined) this.#stop({ kind: 'paused' });
    else if (this.#feed === undefined) this.#start();
    else if (this.#askedAt === undefined && this.#state.kind === 'running') this.#ask();
  }

  /** A container came: look for its cgroup with the next sample instead of when its turn comes. */
  scanSoon(): void {
    this.#scanSoon = true;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#watching.dispose();
    this.#stop({ kind: 'paused' });
  }

  #start(): void {
    this.#timer?.dispose();
    this.#decoder.reset();
    this.#become({ kind: 'starting' });
    const feed = this.#session.stream(sampler);
    this.#feed = feed;
    this.#askedAt = undefined;
    this.#watchdog(START_TIMEOUT_MS);
    void this.#follow(feed);
  }

  async #follow(feed: LineFeed): Promise<void> {
    for await (const line of feed.items) {
      if (this.#feed !== feed) break;
      this.#line(line);
    }
    const end = await feed.ended;
    if (this.#feed !== feed) return;
    this.#feed = undefined;
    this.#timer?.dispose();
    if (!end.ok) this.#ended(end.error);
    else if (end.value.code === COMMAND_NOT_FOUND) this.#become({ kind: 'unable', why: end.value.complaint });
    else this.#retry(end.value.complaint);
  }

  #line(line: string): void {
    const decoded = this.#decoder.line(line);
    if (decoded === undefined) return;
    switch (decoded.kind) {
      case 'started':
        this.#ticks = 0;
        this.#become({ kind: 'running' });
        this.#ask();
        return;
      case 'damaged':
        this.#failures++;
        if (this.#failures > MAX_FAILURES) this.#giveUp('the sampler’s output is damaged again and again');
        else {
          this.#decoder.reset();
          this.#ask({ afresh: true });
        }
        return;
      case 'frame': {
        this.#failures = 0;
        const { clock, onSample } = this.#ports;
        this.#schedule();
        const { memoryCgroup } = this.#decoder;
        onSample({ at: clock.now(), wall: clock.wall(), memoryCgroup, host: decoded.host, containers: decoded.containers });
      }
    }
  }

  #ask(ask: { readonly afresh?: boolean } = {}): void {
    const period = this.#period ?? 0;
    // Looking for containers costs a walk through the cgroup tree; the engine's events say when one is due.
    const scan = this.#scanSoon || this.#ticks % Math.max(1, Math.round(SCAN_EVERY_MS / Math.max(1, period))) === 0;
    this.#scanSoon = false;
    this.#ticks++;
    this.#askedAt = this.#ports.clock.now();
    this.#feed?.write(tickLine({ ...ask, scan, everything: period >= SLOW_MS }));
    this.#watchdog(ANSWER_TIMEOUT_MS);
  }

  #schedule(): void {
    const { clock } = this.#ports;
    const due = Math.max(0, (this.#askedAt ?? clock.now()) + (this.#period ?? 0) - clock.now());
    this.#askedAt = undefined;
    this.#timer?.dispose();
    this.#timer = clock.after(due, () => this.#ask());
  }

  #watchdog(milliseconds: number): void {
    this.#timer?.dispose();
    this.#timer = this.#ports.clock.after(milliseconds, () => {
      this.#drop();
      this.#retry('the sampler does not answer');
    });
  }

  #retry(why: string): void {
    if (++this.#failures > MAX_FAILURES) {
      this.#giveUp(why);
      return;
    }
    this.#become({ kind: 'starting' });
    this.#timer = this.#ports.clock.after(RETRY_MS * 2 ** (this.#failures - 1), () => this.#start());
  }

  #giveUp(why: string): void {
    this.#stop({ kind: 'unable', why });
    this.#failures = 0;
    // A host that was too busy may have calmed down; a different awk may have been installed.
    this.#timer = this.#ports.clock.after(GIVEN_UP_MS, () => this.#start());
  }

  #ended(error: LiveError): void {
    this.#become({ kind: 'waiting', error });
    // Everything else comes back with the connection. A refused channel alone leaves the connection standing.
    if (this.#session.state.kind === 'connected') this.#timer = this.#ports.clock.after(GIVEN_UP_MS / 10, () => this.#start());
  }

  #stop(state: SamplingState): void {
    this.#drop();
    this.#become(state);
  }

  #drop(): void {
    this.#timer?.dispose();
    const feed = this.#feed;
    this.#feed = undefined;
    this.#askedAt = undefined;
    feed?.dispose();
  }

  #become(state: SamplingState): void {
    this.#state = state;
    if (!this.#disposed) this.#ports.onState(state);
  }
}

const START_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 10_000;
const RETRY_MS = 500;
const GIVEN_UP_MS = 60_000;
const MAX_FAILURES = 3;
const SCAN_EVERY_MS = 10_000;
/** From here on each sample reads all files, because their turn would come too rarely. */
const SLOW_MS = 4000;
const COMMAND_NOT_FOUND = 127;
