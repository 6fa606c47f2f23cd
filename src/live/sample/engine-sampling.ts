import type { Bytes } from '../../base/bytes.ts';
import type { Clock } from '../../base/clock.ts';
import { bytes } from '../../base/bytes.ts';
import { ok } from '../../base/result.ts';
import { parseMeminfo, parseVmstat } from '../cgroup/host.ts';
import type { ContainerReading, HostReading, MemoryCgroup, Sample } from '../cgroup/reading.ts';
import type { RemoteCommand } from '../commands/command.ts';
import type { Session } from '../session.ts';
import { fromEngine } from './engine-reading.ts';

/** Both at once: the few names that they share mean the same in both. */
export const hostMemoryCommand: RemoteCommand<HostReading> = {
  argv: ['cat', '/proc/meminfo', '/proc/vmstat'],
  parse: ({ stdout }) => ok({ ...parseMeminfo(stdout), ...parseVmstat(stdout, bytes(4096)) }),
};

/** One sample without the sampler, through the engine. Costs the host far more, so it is only the way out. */
export async function sampleThroughEngine(
  session: Session,
  clock: Clock,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Sample | undefined> {
  const host = await session.exec(hostMemoryCommand, signal);
  const reading = host.ok ? host.value : {};
  const containers = await engineReadings(session, ids, reading.total, signal);
  if (!host.ok && containers.length === 0) return undefined;
  const known = containers.some(({ usage }) => usage !== undefined);
  const memoryCgroup: MemoryCgroup = known || containers.length === 0 ? 'v2' : 'off';
  return { at: clock.now(), wall: clock.wall(), memoryCgroup, host: reading, containers };
}

/** A few at a time: each waits for the collector's next turn, and all at once would be a burst on a small machine. */
export async function engineReadings(
  session: Session,
  ids: readonly string[],
  hostTotal: Bytes | undefined,
  signal: AbortSignal,
): Promise<readonly ContainerReading[]> {
  const engine = session.docker();
  const waiting = [...ids];
  const readings: ContainerReading[] = [];
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift()) {
      const memory = await engine.memory(id, signal);
      if (memory.ok) readings.push(fromEngine(id, memory.value, hostTotal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return readings;
}

const AT_ONCE = 4;
