import type { ContainerReading } from '../cgroup/reading.ts';
import { Latch } from './latch.ts';
import { Rate } from './rate.ts';

/**
 * A container whose own program is thrown out and read again all the time: too little memory, and yet nothing is ever
 * killed, so that no OOM counter sees it. Both signs must be there: refaults alone are a large file being read over
 * and over, major faults alone are a program that starts. Where PSI exists, standing still is a sign by itself.
 */
export class Thrashing {
  readonly #refaults = new Rate(WINDOW_MS);
  readonly #majorFaults = new Rate(WINDOW_MS);
  readonly #stalled = new Rate(WINDOW_MS);
  readonly #latch = new Latch({ raiseAfterMs: 5000, clearAfterMs: 15_000 });

  update(at: number, { refaults, majorFaults, allStalled }: ContainerReading): void {
    this.#refaults.push(at, refaults);
    this.#majorFaults.push(at, majorFaults);
    this.#stalled.push(at, allStalled);
    this.#latch.update(at, this.#judge());
  }

  get active(): boolean {
    return this.#latch.raisedAt !== undefined;
  }

  /** Pages read again per second. */
  get refaultsPerSecond(): number | undefined {
    return this.#refaults.perSecond;
  }

  get majorFaultsPerSecond(): number | undefined {
    return this.#majorFaults.perSecond;
  }

  #judge(): 'bad' | 'between' | 'good' | 'unknown' {
    const refaults = this.#refaults.perSecond;
    const faults = this.#majorFaults.perSecond;
    const stalled = this.#stalled.perSecond;
    if (refaults === undefined || faults === undefined) return 'unknown';
    if ((refaults >= REFAULTS && faults >= MAJOR_FAULTS) || (stalled ?? 0) >= STALLED) return 'bad';
    return refaults < REFAULTS / 2 && (stalled ?? 0) < STALLED / 2 ? 'good' : 'between';
  }
}

const WINDOW_MS = 10_000;
/**
 * A starved Node, JVM or Prometheus read thousands of pages a second again on a fast disk, and as many as the card gave
 * on a slow one; a microSD manages a few hundred. Healthy containers stood at nought, or below five after a restart.
 */
const REFAULTS = 50;
const MAJOR_FAULTS = 10;
/** Milliseconds in a second during which every process of the container waited for memory. */
const STALLED = 200;
