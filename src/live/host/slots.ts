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
  #limit: number;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
    this.#free = limit;
  }

  /** Undefined when the signal came first. */
  async take(signal?: AbortSignal): Promise<Disposable | undefined> {
    if (signal?.aborted === true) return undefined;
    if (this.#free > 0) this.#free--;
    else if (!(await this.#turn(signal))) return undefined;
    return onDispose(() => {
      this.#free++;
      // After a shrink nobody's turn comes until the one that is too many has been given back.
      if (this.#free > 0 && this.#waiting.length > 0) {
        this.#free--;
        this.#waiting.shift()?.();
      }
    });
  }

  /** The other side allows fewer than we thought; one is always left. */
  shrink(): void {
    if (this.#limit <= 1) return;
    this.#limit--;
    this.#free--;
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
