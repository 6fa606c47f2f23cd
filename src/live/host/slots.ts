import { onDispose, type Disposable } from '../../base/disposable.ts';

/**
 * How many session channels we open at once. OpenSSH allows ten for each connection (MaxSessions) and counts
 * commands, terminals and dial-stdio, not forwarded sockets. Two purses, so that feeds of an engine behind dial-stdio
 * can't keep every command waiting.
 */
export const SESSION_CHANNELS = 5;
export const DIAL_CHANNELS = 5;

/** A queue before a limited good. First come, first served. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#free = limit;
  }

  /** Undefined when the signal came first. */
  async take(signal?: AbortSignal): Promise<Disposable | undefined> {
    if (signal?.aborted === true) return undefined;
    if (this.#free > 0) this.#free--;
    else if (!(await this.#turn(signal))) return undefined;
    return onDispose(() => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    });
  }

  #turn(signal: AbortSignal | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve(true);
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1);
        resolve(false);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(go);
    });
  }
}
