import { bytes, mebibytes, roundUp, type Bytes } from '../../base/bytes.ts';
import type { KnownEstimate } from './estimate.ts';
import type { RuntimeInputs, RuntimeModel } from './runtime-model.ts';

/** A tenth and a half on top of the peak: what other recommenders add to an observed peak, too (KRR and VPA). */
export const MARGIN = 1.15;

/** Finer steps would pretend to a precision that no measurement had; it is also above what Docker refuses (6 MiB). */
const STEP = mebibytes(8);

/** The limit under which that peak lives: its margin added, rounded up to 8 MiB, never under the floor. */
export function limitFor(estimate: KnownEstimate): Bytes {
  return roundUp(bytes(Math.max(withMargin(estimate.peak), estimate.floor, STEP)), STEP);
}

export function withMargin(peak: Bytes): Bytes {
  return bytes(Math.ceil(peak * MARGIN));
}

/**
 * The limit to set for a service. Runtimes that size themselves by their limit (a JVM without -Xmx) are asked
 * again under each limit until it carries itself; undefined where the estimate is unknown.
 */
export function recommendedLimit(model: RuntimeModel, inputs: RuntimeInputs): Bytes | undefined {
  let limit: Bytes | undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const estimate = model.estimate({ ...inputs, limit: limit ?? STEP });
    if (!estimate.known) return undefined;
    const next = limitFor(estimate);
    if (limit !== undefined && next <= limit) return limit;
    limit = next;
  }
  return limit;
}

/** Each turn raises the limit by 8 MiB at least or ends; a self-sizing heap converges within a dozen. */
const TURNS = 64;
