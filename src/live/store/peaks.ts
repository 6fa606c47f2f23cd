import { bytes, type Bytes } from '../../base/bytes.ts';
import { unreclaimable, workingSet } from '../cgroup/quantities.ts';
import type { ContainerReading } from '../cgroup/reading.ts';

/** What one service of one project on one host was seen to need, over all sessions. */
export interface PeakRecord {
  readonly host: string;
  /** Empty for a container outside Compose; `service` is its name then. */
  readonly project: string;
  readonly service: string;
  /** Readings with another image are another program: the record starts anew. */
  readonly image: string;
  readonly workingSet?: Bytes;
  /** What a limit must hold at least. */
  readonly unreclaimable?: Bytes;
  /** The same, within the first two minutes of a container's life. Missing until a start was watched. */
  readonly startWorkingSet?: Bytes;
  readonly startUnreclaimable?: Bytes;
  /** Wall-clock milliseconds. */
  readonly peakAt: number;
  readonly since: number;
  readonly seen: number;
  /** How long it was really watched: gaps don't count. */
  readonly watchedMs: number;
  readonly starts: number;
  readonly oomKills: number;
  /** Whether it was ever seen short of memory without being killed: then the peak says too little. */
  readonly thrashed: boolean;
  readonly limit?: Bytes | 'none';
}

export interface PeakKey {
  readonly host: string;
  readonly project: string;
  readonly service: string;
  readonly image: string;
}

export interface PeakSighting {
  readonly wall: number;
  readonly reading: ContainerReading;
  /** Wall-clock milliseconds. */
  readonly startedAt?: number;
  readonly thrashing: boolean;
  readonly oomKills: number;
}

/** The records of all hosts; the one that was not seen for longest makes room for a new one. */
export class Peaks {
  readonly #records = new Map<string, PeakRecord>();
  readonly #starts = new Map<string, number>();
  #changed = false;

  static from(stored: unknown): Peaks {
    const peaks = new Peaks();
    if (!isObject(stored) || stored.version !== 1 || !Array.isArray(stored.records)) return peaks;
    for (const record of stored.records.slice(-MAX_RECORDS)) {
      if (isRecord(record)) peaks.#records.set(keyOf(record), record);
    }
    return peaks;
  }

  /** For global storage; `JSON.stringify` keeps all of it. */
  serialise(): { readonly version: 1; readonly records: readonly PeakRecord[] } {
    this.#changed = false;
    return { version: 1, records: [...this.#records.values()] };
  }

  get changed(): boolean {
    return this.#changed;
  }

  all(): readonly PeakRecord[] {
    return [...this.#records.values()];
  }

  of(host: string, project: string, service: string): PeakRecord | undefined {
    return this.#records.get(keyOf({ host, project, service }));
  }

  forget(host: string): void {
    for (const [key, record] of this.#records) if (record.host === host) this.#records.delete(key);
    this.#changed = true;
  }

  see(key: PeakKey, sighting: PeakSighting): void {
    const id = keyOf(key);
    const known = this.#records.get(id);
    const before = known?.image === key.image ? known : undefined;
    const isStart = sighting.startedAt !== undefined && this.#starts.get(id) !== sighting.startedAt;
    if (sighting.startedAt !== undefined) this.#starts.set(id, sighting.startedAt);
    // Last in the map is last seen, and so last to be dropped.
    this.#records.delete(id);
    this.#records.set(id, merge(key, before, sighting, isStart));
    if (this.#records.size > MAX_RECORDS) {
      const oldest = this.#records.keys().next().value;
      if (oldest !== undefined) {
        this.#records.delete(oldest);
        this.#starts.delete(oldest);
      }
    }
    this.#changed = true;
  }
}

function merge(key: PeakKey, before: PeakRecord | undefined, sighting: PeakSighting, isStart: boolean): PeakRecord {
  const { wall, reading, startedAt } = sighting;
  const used = workingSet(reading);
  const held = unreclaimable(reading);
  const starting = startedAt !== undefined && wall - startedAt < START_MS && wall >= startedAt;
  const higher = used !== undefined && used > (before?.workingSet ?? -1);
  const gap = before === undefined ? 0 : wall - before.seen;
  const limit = reading.limit ?? before?.limit;
  return {
    ...key,
    ...most('workingSet', before?.workingSet, used),
    ...most('unreclaimable', before?.unreclaimable, held),
    ...most('startWorkingSet', before?.startWorkingSet, starting ? used : undefined),
    ...most('startUnreclaimable', before?.startUnreclaimable, starting ? held : undefined),
    peakAt: higher ? wall : (before?.peakAt ?? wall),
    since: before?.since ?? wall,
    seen: wall,
    watchedMs: (before?.watchedMs ?? 0) + (gap > 0 && gap <= MAX_GAP_MS ? gap : 0),
    starts: (before?.starts ?? 0) + (isStart && starting ? 1 : 0),
    oomKills: (before?.oomKills ?? 0) + sighting.oomKills,
    thrashed: (before?.thrashed ?? false) || sighting.thrashing,
    ...(limit === undefined ? {} : { limit }),
  };
}

function most<K extends string>(name: K, before: Bytes | undefined, now: Bytes | undefined): Partial<Record<K, Bytes>> {
  const value = before === undefined ? now : now === undefined ? before : bytes(Math.max(before, now));
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<K, Bytes>>);
}

function keyOf({ host, project, service }: Omit<PeakKey, 'image'>): string {
  return JSON.stringify([host, project, service]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Storage may hold anything: an older version's shape, or a damaged file. */
function isRecord(value: unknown): value is PeakRecord {
  if (!isObject(value)) return false;
  const texts = ['host', 'project', 'service', 'image'].every((name) => typeof value[name] === 'string');
  const numbers = ['peakAt', 'since', 'seen', 'watchedMs', 'starts', 'oomKills'].every((name) => isCount(value[name]));
  const sizes = ['workingSet', 'unreclaimable', 'startWorkingSet', 'startUnreclaimable'].every(
    (name) => value[name] === undefined || isCount(value[name]),
  );
  const limit = value.limit;
  return (
    texts &&
    numbers &&
    sizes &&
    typeof value.thrashed === 'boolean' &&
    (limit === undefined || limit === 'none' || isCount(limit))
  );
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

const MAX_RECORDS = 1000;
/** Databases fill their caches and JITs compile within this time. */
const START_MS = 120_000;
const MAX_GAP_MS = 60_000;
