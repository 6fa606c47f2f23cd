export interface LatchTimes {
  /** How long it must hold before it counts. */
  readonly raiseAfterMs: number;
  /** How long it must be well again before it is over. */
  readonly clearAfterMs: number;
}

/**
 * A state that neither flickers nor cries wolf: on when a reading was bad for a while, off when it was good for a
 * while; readings between the two thresholds, and unknown ones, change nothing.
 */
export class Latch {
  readonly #times: LatchTimes;
  #badSince: number | undefined;
  #goodSince: number | undefined;
  #raisedAt: number | undefined;

  constructor(times: LatchTimes) {
    this.#times = times;
  }

  get raisedAt(): number | undefined {
    return this.#raisedAt;
  }

  update(now: number, reading: 'bad' | 'between' | 'good' | 'unknown'): boolean {
    if (reading === 'unknown') return this.#raisedAt !== undefined;
    this.#badSince = reading === 'bad' ? (this.#badSince ?? now) : undefined;
    this.#goodSince = reading === 'good' ? (this.#goodSince ?? now) : undefined;
    if (this.#raisedAt === undefined) {
      if (this.#badSince !== undefined && now - this.#badSince >= this.#times.raiseAfterMs) this.#raisedAt = now;
    } else if (this.#goodSince !== undefined && now - this.#goodSince >= this.#times.clearAfterMs) {
      this.#raisedAt = undefined;
    }
    return this.#raisedAt !== undefined;
  }
}

/** Compares with a threshold from above and one to come back under. */
export function judge(value: number | undefined, bad: number, good: number): 'bad' | 'between' | 'good' | 'unknown' {
  if (value === undefined) return 'unknown';
  return value >= bad ? 'bad' : value < good ? 'good' : 'between';
}
