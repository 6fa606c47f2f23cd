import type { Bytes } from '../../base/bytes.ts';
import { readStat } from '../cgroup/container.ts';
import { present } from '../cgroup/keyed.ts';
import type { ContainerReading } from '../cgroup/reading.ts';
import type { MemoryReading } from '../docker/types.ts';

/**
 * A reading from Docker's stats, for hosts where the cgroup files can't be read. With the memory cgroup off the engine
 * leaves usage and limit out and fills the rest with zeros: those are not numbers but the absence of them.
 */
export function fromEngine(id: string, memory: MemoryReading, hostTotal: Bytes | undefined): ContainerReading {
  if (memory.usage === undefined) return { id, from: 'engine' };
  return present<ContainerReading>({
    ...readStat(id, 'engine', memory.stat),
    usage: memory.usage,
    peak: memory.peak,
    // Without a limit the engine says the host's memory, rounded as it likes; without the host's size nobody can tell.
    limit:
      memory.limit === undefined || hostTotal === undefined
        ? undefined
        : memory.limit >= hostTotal * 0.98
          ? 'none'
          : memory.limit,
  });
}
