import { bytes, type Bytes } from '../../base/bytes.ts';
import type { ContainerReading, HostReading } from './reading.ts';

/**
 * What `docker stats` shows, by its own formula (docker/cli, calculateMemUsageUnixNoCache): usage without the cache
 * that goes first, unless that would be negative. Off the memory cgroup, what can't be reclaimed is all there is.
 */
export function workingSet(reading: ContainerReading): Bytes | undefined {
  const { usage, inactiveFile } = reading;
  if (usage === undefined) return reading.from === 'processes' ? unreclaimable(reading) : undefined;
  return inactiveFile !== undefined && inactiveFile < usage ? bytes(usage - inactiveFile) : usage;
}

/** What no pressure can win back without swap, and so what a limit is hit with. tmpfs and shared memory count. */
export function unreclaimable({ anon, shmem, kernel, from }: ContainerReading): Bytes | undefined {
  if (anon === undefined || shmem === undefined) return undefined;
  // Without the memory cgroup nobody counts kernel memory per container; engines before v2's `kernel` key leave it out.
  if (kernel === undefined) return from === 'cgroup' ? undefined : bytes(anon + shmem);
  return bytes(anon + shmem + kernel);
}

/** From MemAvailable, never from "used": cache that can go is not in use. */
export function hostUsed({ total, available }: HostReading): Bytes | undefined {
  if (total === undefined || available === undefined) return undefined;
  return bytes(Math.max(0, total - available));
}

export function swapUsed({ swapTotal, swapFree }: HostReading): Bytes | undefined {
  if (swapTotal === undefined || swapFree === undefined) return undefined;
  return bytes(Math.max(0, swapTotal - swapFree));
}

/** What the containers don't explain: the system itself, Docker, and cache. */
export function hostRemainder(host: HostReading, containers: readonly ContainerReading[]): Bytes | undefined {
  const used = hostUsed(host);
  if (used === undefined) return undefined;
  const theirs = containers.reduce((sum, reading) => sum + (unreclaimable(reading) ?? workingSet(reading) ?? 0), 0);
  return bytes(Math.max(0, used - theirs));
}
