import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';

/** A time limit that stands still while a person is being asked. */
export class Deadline implements Disposable {
  readonly #clock: Clock;
  readonly #expire: () => void;
  #left: number;
  #startedAt = 0;
  #timer: Disposable | undefined;
  #pauses = 0;
  #over = false;

  constructor(clock: Clock, milliseconds: number, expire: () => void) {
    this.#clock = clock;
    this.#left = milliseconds;
    this.#expire = expire;
    this.#start();
  }

  async pausedFor<T>(wait: Promise<T>): Promise<T> {
    if (this.#pauses++ === 0) this.#stop();
    try {
      return await wait;
    } finally {
      if (--this.#pauses === 0 && !this.#over) this.#start();
    }
  }

  dispose(): void {
    this.#over = true;
    this.#timer?.dispose();
  }

  #start(): void {
    this.#startedAt = this.#clock.now();
    this.#timer = this.#clock.after(this.#left, () => {
      this.#over = true;
      this.#expire();
    });
  }

  #stop(): void {
    this.#timer?.dispose();
    this.#left = Math.max(0, this.#left - (this.#clock.now() - this.#startedAt));
  }
}
