import { bytes, type Bytes } from '../../base/bytes.ts';
import { unreclaimable, workingSet } from '../cgroup/quantities.ts';
import type { ContainerReading, MemoryCgroup, Sample } from '../cgroup/reading.ts';
import type { ContainerDetails, ContainerState, Health, PublishedPort } from '../docker/types.ts';
import { belonging, safeText, type Belonging } from './facts.ts';
import { OomWatch, type OomKill } from './oom.ts';
import { Ring } from './ring.ts';
import { Thrashing } from './thrashing.ts';

export type LimitView =
  | { readonly kind: 'limit'; readonly size: Bytes }
  | { readonly kind: 'none' }
  /** The memory cgroup is off: Docker took the limit, warned once and forgot it. */
  | { readonly kind: 'not-enforced' }
  | { readonly kind: 'unknown' };

/** One container as a front end shows it. Names are fit to be printed. */
export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly image?: string;
  readonly belonging: Belonging;
  readonly state: ContainerState | 'unknown';
  readonly health: Health;
  readonly restarts?: number;
  readonly startedAt?: number;
  readonly ports: readonly PublishedPort[];
  readonly workingSet?: Bytes;
  readonly unreclaimable?: Bytes;
  readonly limit: LimitView;
  /** Working set ÷ limit. */
  readonly share?: number;
  readonly reading?: ContainerReading;
  readonly thrashing: boolean;
  readonly refaultsPerSecond?: number;
  /** Seen while watching. */
  readonly oomKills: number;
  readonly lastOomKill?: OomKill;
  /** Restarts by the engine, of which the watcher saw the moment: `Clock.now`. */
  readonly restartTimes: readonly number[];
  /** Working sets of the last samples, oldest first. */
  readonly history: readonly number[];
}

export class ContainerEntry {
  readonly id: string;
  readonly thrashing = new Thrashing();
  readonly oom = new OomWatch();
  readonly #history: Ring;
  #details: ContainerDetails | undefined;
  #reading: ContainerReading | undefined;
  #restartTimes: number[] = [];
  #lastStart: number | undefined;

  constructor(id: string, historyLength: number) {
    this.id = id;
    this.#history = new Ring(historyLength);
  }

  get details(): ContainerDetails | undefined {
    return this.#details;
  }

  get reading(): ContainerReading | undefined {
    return this.#reading;
  }

  inspect(details: ContainerDetails, at: number): void {
    const more = details.restarts - (this.#details?.restarts ?? details.restarts);
    for (let count = 0; count < Math.min(more, 20); count++) this.#restartTimes.push(at);
    this.#restartTimes = this.#restartTimes.slice(-20);
    if (details.startedAt !== undefined) this.#lastStart = details.startedAt;
    this.#details = details;
    if (!isAlive(details.state)) this.#reading = undefined;
  }

  sample(reading: ContainerReading, { at, wall }: Sample): void {
    this.#reading = reading;
    this.thrashing.update(at, reading);
    this.oom.reading(at, wall, reading);
    const used = workingSet(reading);
    if (used !== undefined) this.#history.push(used);
  }

  /** Its cgroup is gone: what was read last is not what it uses. */
  stopped(): void {
    this.#reading = undefined;
  }

  /** The history is the costly part, and alerts don't need it. */
  view(memoryCgroup: MemoryCgroup | undefined, history: boolean): ContainerView {
    const details = this.#details;
    const reading = this.#reading;
    const used = reading === undefined ? undefined : workingSet(reading);
    const held = reading === undefined ? undefined : unreclaimable(reading);
    const limit = this.#limit(memoryCgroup);
    const lastOomKill = this.oom.kills.at(-1);
    const refaults = this.thrashing.refaultsPerSecond;
    return {
      id: this.id,
      name: safeText(details?.name ?? this.id.slice(0, 12)),
      belonging: details === undefined ? { files: [] } : belonging(details),
      state: details?.state ?? 'unknown',
      health: details?.health ?? 'none',
      ports: details?.ports ?? [],
      limit,
      thrashing: this.thrashing.active && reading !== undefined,
      oomKills: this.oom.total,
      restartTimes: this.#restartTimes,
      history: history ? this.#history.recent() : [],
      ...(details === undefined ? {} : { image: safeText(details.image), restarts: details.restarts }),
      ...(this.#lastStart === undefined ? {} : { startedAt: this.#lastStart }),
      ...(used === undefined ? {} : { workingSet: used }),
      ...(held === undefined ? {} : { unreclaimable: held }),
      ...(used === undefined || limit.kind !== 'limit' ? {} : { share: used / Math.max(1, limit.size) }),
      ...(reading === undefined ? {} : { reading }),
      ...(refaults === undefined ? {} : { refaultsPerSecond: refaults }),
      ...(lastOomKill === undefined ? {} : { lastOomKill }),
    };
  }

  #limit(memoryCgroup: MemoryCgroup | undefined): LimitView {
    if (memoryCgroup === 'off') return { kind: 'not-enforced' };
    // What the kernel enforces goes before what the engine has written down.
    const enforced = this.#reading?.limit;
    if (enforced === 'none') return { kind: 'none' };
    if (enforced !== undefined) return { kind: 'limit', size: enforced };
    if (this.#details === undefined) return { kind: 'unknown' };
    const stored = this.#details.limits.memory;
    return stored === undefined ? { kind: 'none' } : { kind: 'limit', size: bytes(stored) };
  }
}

export function isAlive(state: ContainerState | 'unknown'): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting' || state === 'unknown';
}
