import type { Disposable } from './disposable.ts';

/** Time as a capability, so that tests turn the hands. */
export interface Clock {
  /** Milliseconds that never run backwards; for durations. */
  now(): number;
  /** Milliseconds since 1970; for what a person reads. */
  wall(): number;
  /** Calls back once; disposing cancels. */
  after(milliseconds: number, run: () => void): Disposable;
}
