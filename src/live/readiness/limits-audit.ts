import type { Bytes } from '../../base/bytes.ts';

/** One container as three places see its memory limit. Undefined means that the place names none, or that it can't be read. */
export interface LimitSighting {
  readonly service: string;
  readonly container: string;
  /** What the Compose file asks for. */
  readonly file?: Bytes;
  /** `HostConfig.Memory`: what Docker kept. While the memory cgroup is off it keeps none. */
  readonly stored?: Bytes;
  /** `memory.max`: what the kernel enforces. */
  readonly enforced?: Bytes;
}

export type LimitVerdict =
  /** All three agree, or none is set anywhere. */
  | 'agrees'
  /** The file has one, Docker has none: created while the cgroup was off, or before the limit was written. */
  | 'not-stored'
  /** Docker has one, the kernel has none. */
  | 'not-enforced'
  /** Two different numbers: changed by `docker update`, or the file changed since. */
  | 'differs'
  /** Docker has one that the file doesn't name; the next `up` takes it away. */
  | 'not-in-file';

export interface LimitAudit extends LimitSighting {
  readonly verdict: LimitVerdict;
  /** Recreating brings the file's limit into force; the rest agrees or needs a person to decide. */
  readonly recreate: boolean;
}

/** Compares file, Docker and kernel for each container. */
export function auditLimits(sightings: readonly LimitSighting[]): readonly LimitAudit[] {
  return sightings.map((sighting) => {
    const verdict = judge(sighting);
    return { ...sighting, verdict, recreate: verdict === 'not-stored' || verdict === 'not-enforced' };
  });
}

function judge({ file, stored, enforced }: LimitSighting): LimitVerdict {
  if (file === undefined && stored === undefined) return 'agrees';
  if (stored === undefined) return 'not-stored';
  if (file === undefined) return 'not-in-file';
  if (enforced === undefined) return 'not-enforced';
  // The kernel rounds down to whole pages, of 16 KiB on a Pi 5.
  return sameBut(file, stored, 0) && sameBut(stored, enforced, LARGEST_PAGE) ? 'agrees' : 'differs';
}

const LARGEST_PAGE = 64 * 1024;

function sameBut(one: Bytes, other: Bytes, tolerance: number): boolean {
  return Math.abs(one - other) <= tolerance;
}

/** A service with its limit, and what it holds now that can't be reclaimed (anon, shmem, kernel). */
export interface LimitForecast {
  readonly service: string;
  readonly limit?: Bytes;
  readonly unreclaimable?: Bytes;
}

export type Forecast = 'dies' | 'tight' | 'fits' | 'no-limit' | 'unknown';

/**
 * Who would be killed at today's usage once limits bite, worst first. On the day the cgroup is switched on every
 * limit that was decoration becomes real at the next recreate.
 */
export function forecastLimits(services: readonly LimitForecast[]): readonly (LimitForecast & { readonly forecast: Forecast })[] {
  const judged = services.map((service) => ({ ...service, forecast: forecastOf(service) }));
  return judged.sort((one, other) => share(other) - share(one));
}

function forecastOf({ limit, unreclaimable }: LimitForecast): Forecast {
  if (limit === undefined) return 'no-limit';
  if (unreclaimable === undefined) return 'unknown';
  // Below a tenth of room the program text doesn't fit beside, and what isn't killed thrashes.
  return unreclaimable > limit ? 'dies' : unreclaimable > 0.9 * limit ? 'tight' : 'fits';
}

function share({ limit, unreclaimable }: LimitForecast): number {
  return limit === undefined ? -1 : (unreclaimable ?? 0) / limit;
}
