import type { Clock } from '../../src/base/clock.ts';

/** A clock whose hands a test turns; what falls due runs in order, and what it starts may fall due in the same turn. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  wall(): number {
    return 1_700_000_000_000 + this.#now;
  }

  after(milliseconds: number, run: () => void): { dispose(): void } {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.push(timer);
    return { dispose: () => void (this.#timers = this.#timers.filter((each) => each !== timer)) };
  }

  get pending(): number {
    return this.#timers.length;
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }
}
