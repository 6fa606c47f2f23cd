import { bytes, type Bytes } from '../../base/bytes.ts';
import type { EngineEvent, EngineInfo, EngineVersion, MemoryReading } from './types.ts';
import { flagOf, listOf, numberOf, present, recordOf, textMapOf, textOf, textsOf } from './wire.ts';

/** `GET /version`; undefined where it names no version. */
export function readVersion(value: unknown): EngineVersion | undefined {
  const record = recordOf(value);
  const version = textOf(record.Version);
  const api = textOf(record.ApiVersion);
  if (version === undefined || api === undefined) return undefined;
  const parts = listOf(record.Components).map((part) => textOf(recordOf(part).Name) ?? '');
  return {
    product: parts.some((name) => /podman/i.test(name)) ? 'podman' : 'docker',
    version,
    api,
    architecture: textOf(record.Arch) ?? '',
    ...present<Pick<EngineVersion, 'minimumApi' | 'kernel'>>({
      minimumApi: textOf(record.MinAPIVersion),
      kernel: textOf(record.KernelVersion),
    }),
  };
}

/** `GET /info`. */
export function readInfo(value: unknown): EngineInfo {
  const record = recordOf(value);
  const driver = textOf(record.CgroupDriver);
  const version = textOf(record.CgroupVersion);
  return {
    rootless: textsOf(record.SecurityOptions).some((option) => option.includes('name=rootless')),
    warnings: textsOf(record.Warnings),
    ...present<Omit<EngineInfo, 'rootless' | 'warnings'>>({
      name: textOf(record.Name),
      // Engines before 20.10 don't say; they knew only version 1.
      cgroupVersion: version === '2' ? 2 : version === '1' || driver !== undefined ? 1 : undefined,
      cgroupDriver: driver === 'systemd' || driver === 'cgroupfs' || driver === 'none' ? driver : undefined,
      memoryLimit: flagOf(record.MemoryLimit),
      swapLimit: flagOf(record.SwapLimit),
      memoryTotal: size(record.MemTotal),
      cpus: numberOf(record.NCPU),
      storageDriver: textOf(record.Driver),
      rootFolder: textOf(record.DockerRootDir),
      operatingSystem: textOf(record.OperatingSystem),
      architecture: textOf(record.Architecture),
      containersRunning: numberOf(record.ContainersRunning),
    }),
  };
}

/**
 * `GET /containers/{id}/stats`. With the memory cgroup off the engine leaves out usage and limit, and what is left
 * out stays missing here.
 */
export function readMemory(value: unknown): MemoryReading {
  const record = recordOf(value);
  const memory = recordOf(record.memory_stats);
  const stat = new Map(
    Object.entries(recordOf(memory.stats)).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  return {
    // Only version 1 counts a tree in total_ names; only its engines send max_usage.
    version: stat.has('total_inactive_file') || memory.max_usage !== undefined ? 1 : 2,
    stat,
    ...present<Omit<MemoryReading, 'version' | 'stat'>>({
      usage: size(memory.usage),
      limit: size(memory.limit),
      peak: size(memory.max_usage),
      cpuNanoseconds: numberOf(recordOf(recordOf(record.cpu_stats).cpu_usage).total_usage),
    }),
  };
}

/** One line of `GET /events`; undefined for a line that is no event. */
export function readEvent(line: string): EngineEvent | undefined {
  const record = recordOf(jsonOf(line));
  const actor = recordOf(record.Actor);
  const said = textOf(record.Action) ?? textOf(record.status);
  if (said === undefined) return undefined;
  const cut = said.indexOf(':');
  return {
    kind: kindOf(textOf(record.Type)),
    action: cut < 0 ? said : said.slice(0, cut),
    id: textOf(actor.ID) ?? textOf(record.id) ?? '',
    attributes: textMapOf(actor.Attributes),
    ...present<Pick<EngineEvent, 'detail' | 'timeSeconds'>>({
      detail: cut < 0 ? undefined : said.slice(cut + 1).trim(),
      timeSeconds: numberOf(record.timeNano) === undefined ? numberOf(record.time) : Number(record.timeNano) / 1e9,
    }),
  };
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function kindOf(type: string | undefined): EngineEvent['kind'] {
  return type === 'container' || type === 'image' || type === 'network' || type === 'volume' || type === 'daemon'
    ? type
    : 'other';
}

function size(value: unknown): Bytes | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : bytes(number);
}
