import { bytes, mebibytes, roundUp, type Bytes } from '../../../base/bytes.ts';
import { withMargin } from '../limits.ts';
import type { Fitting } from '../runtime-model.ts';
import { runtimeOf } from '../runtimes.ts';
import type { ServiceMemory } from '../stack-memory.ts';

/** Between which limits a service can live, and at what price. */
export interface ServiceRange {
  readonly memory: ServiceMemory;
  /** For its peak, with nothing changed. */
  readonly full: Bytes;
  /** For its peak, with its settings turned down as far as they sensibly go; `full` where it has no knob. */
  readonly turnedDown: Bytes;
  /** For ordinary use: what comes above it is killed or crawls. */
  readonly least: Bytes;
  fitTo(limit: Bytes): Fitting | undefined;
}

/** Undefined where the service is unknown and carries no limit of its own to hold it to. */
export function rangeOf(memory: ServiceMemory): ServiceRange | undefined {
  const { inputs, estimate, recommendedLimit, limit } = memory;
  const model = runtimeOf(inputs);
  if (!estimate.known || model === undefined || recommendedLimit === undefined) {
    return limit === undefined ? undefined : { memory, full: limit, turnedDown: limit, least: limit, fitTo: () => undefined };
  }
  const fitTo = (to: Bytes): Fitting | undefined => model.fitTo?.({ ...inputs, limit: to }, to);
  const turnedDown = model.fitTo === undefined ? recommendedLimit : smallest(recommendedLimit, fitTo);
  const lowest = fitTo(turnedDown)?.estimate ?? estimate;
  const ordinary = roundUp(bytes(Math.max(withMargin(lowest.typical), lowest.floor)), STEP);
  return { memory, full: recommendedLimit, turnedDown, least: bytes(Math.min(ordinary, turnedDown)), fitTo };
}

const STEP = mebibytes(8);

/** The smallest multiple of 8 MiB that the model can be fitted to. */
function smallest(full: Bytes, fitTo: (limit: Bytes) => Fitting | undefined): Bytes {
  let low = 1;
  let high = full / STEP;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fitTo(bytes(middle * STEP)) === undefined) low = middle + 1;
    else high = middle;
  }
  return bytes(high * STEP);
}
