import type { Bytes } from '../../base/bytes.ts';
import { hostRemainder, hostUsed, swapUsed } from '../cgroup/quantities.ts';
import type { HostReading, MemoryCgroup, Sample } from '../cgroup/reading.ts';
import type { ContainerDetails, EngineEvent } from '../docker/types.ts';
import type { Alert } from './alert.ts';
import { DEFAULT_ALERT_RULES, type AlertRules } from './alert-rules.ts';
import { Alerts } from './alerts.ts';
import { ContainerEntry, isAlive, type ContainerView } from './container-entry.ts';
import { belonging } from './facts.ts';
import type { Peaks } from './peaks.ts';
import { Rate } from './rate.ts';
import { Ring } from './ring.ts';

/** One host as a front end shows it. */
export interface HostView {
  readonly host: string;
  readonly memoryCgroup?: MemoryCgroup;
  /** `Clock.now` of the last sample; what is shown is as old as that. */
  readonly sampledAt?: number;
  readonly reading: HostReading;
  readonly used?: Bytes;
  readonly swapUsed?: Bytes;
  readonly swapInPerSecond?: number;
  /** What the containers don't explain. */
  readonly remainder?: Bytes;
  readonly containers: readonly ContainerView[];
  readonly alerts: readonly Alert[];
  /** `used` of the last samples, oldest first. */
  readonly history: readonly number[];
}

export interface HostStoreOptions {
  readonly host: string;
  readonly peaks: Peaks;
  readonly rules?: AlertRules;
  /** Samples kept for the little curves. */
  readonly historyLength?: number;
}

/** What is known of one host: samples, inspections and events in, a view out. It reads no clock and starts nothing. */
export class HostStore {
  readonly #options: HostStoreOptions;
  readonly #entries = new Map<string, ContainerEntry>();
  readonly #alerts: Alerts;
  readonly #swapIns = new Rate(15_000);
  readonly #history: Ring;
  #last: Sample | undefined;

  constructor(options: HostStoreOptions) {
    this.#options = options;
    this.#alerts = new Alerts(options.rules ?? DEFAULT_ALERT_RULES);
    this.#history = new Ring(options.historyLength ?? HISTORY);
  }

  set rules(rules: AlertRules) {
    this.#alerts.rules = rules;
  }

  /** Cgroups of containers that nobody has inspected yet, or that no engine we can ask knows. */
  get unknownIds(): readonly string[] {
    return [...this.#entries.values()].filter(({ details }) => details === undefined).map(({ id }) => id);
  }

  /** As the engine says; the next sample should have them all. */
  get runningIds(): readonly string[] {
    return [...this.#entries.values()].filter(({ details }) => details?.state === 'running').map(({ id }) => id);
  }

  get sampledAt(): number | undefined {
    return this.#last?.at;
  }

  sample(sample: Sample): void {
    this.#last = sample;
    const present = new Set(sample.containers.map(({ id }) => id));
    for (const [id, entry] of this.#entries) {
      if (present.has(id)) continue;
      if (entry.details === undefined) this.#entries.delete(id);
      else entry.stopped();
    }
    for (const reading of sample.containers) {
      const entry = this.#entryOf(reading.id);
      const kills = entry.oom.total;
      entry.sample(reading, sample);
      this.#seePeak(entry, sample, entry.oom.total - kills);
    }
    this.#swapIns.push(sample.at, sample.host.swappedIn);
    const used = hostUsed(sample.host);
    if (used !== undefined) this.#history.push(used);
    this.#judge(sample.at, sample.wall);
  }

  /** All containers that the engine has: those that it no longer has are forgotten. */
  inventory(all: readonly ContainerDetails[], at: number): void {
    const ids = new Set(all.map(({ id }) => id));
    for (const [id, entry] of this.#entries) {
      if (!ids.has(id) && (entry.details !== undefined || entry.reading === undefined)) this.#entries.delete(id);
    }
    for (const details of all) this.inspected(details, at);
  }

  inspected(details: ContainerDetails, at: number): void {
    this.#entryOf(details.id).inspect(details, at);
  }

  removed(id: string): void {
    this.#entries.delete(id);
  }

  event({ kind, action, id }: EngineEvent, at: number, wall: number): void {
    if (kind !== 'container') return;
    if (action === 'destroy') this.removed(id);
    if (action !== 'oom') return;
    const entry = this.#entryOf(id);
    const kills = entry.oom.total;
    entry.oom.event(at, wall);
    if (this.#last !== undefined) this.#seePeak(entry, { ...this.#last, at, wall }, entry.oom.total - kills);
    this.#judge(at, wall);
  }

  takeNotifications(): readonly Alert[] {
    return this.#alerts.takeNotifications();
  }

  view(): HostView {
    const reading = this.#last?.host ?? {};
    const used = hostUsed(reading);
    const swap = swapUsed(reading);
    const swapIn = this.#swapIns.perSecond;
    const remainder = hostRemainder(reading, this.#last?.containers ?? []);
    return {
      host: this.#options.host,
      reading,
      containers: this.#views(true),
      alerts: this.#alerts.active,
      history: this.#history.recent(),
      ...(this.#last === undefined ? {} : { memoryCgroup: this.#last.memoryCgroup, sampledAt: this.#last.at }),
      ...(used === undefined ? {} : { used }),
      ...(swap === undefined ? {} : { swapUsed: swap }),
      ...(swapIn === undefined ? {} : { swapInPerSecond: swapIn }),
      ...(remainder === undefined ? {} : { remainder }),
    };
  }

  #views(history: boolean): readonly ContainerView[] {
    return [...this.#entries.values()].map((entry) => entry.view(this.#last?.memoryCgroup, history));
  }

  #judge(now: number, wall: number): void {
    const containers = this.#views(false).filter(({ state }) => isAlive(state) || state === 'exited' || state === 'dead');
    const reading = this.#last?.host ?? {};
    this.#alerts.update({ host: this.#options.host, reading, swapInPerSecond: this.#swapIns.perSecond, containers, now }, wall);
  }

  #seePeak(entry: ContainerEntry, { wall }: Sample, oomKills: number): void {
    const { details, reading } = entry;
    if (details === undefined || reading === undefined) return;
    const { project = '', service = details.name } = belonging(details);
    this.#options.peaks.see(
      { host: this.#options.host, project, service, image: details.image },
      {
        wall,
        reading,
        thrashing: entry.thrashing.active,
        oomKills,
        ...(details.startedAt === undefined ? {} : { startedAt: details.startedAt }),
      },
    );
  }

  #entryOf(id: string): ContainerEntry {
    const known = this.#entries.get(id);
    if (known !== undefined) return known;
    const entry = new ContainerEntry(id, this.#options.historyLength ?? HISTORY);
    this.#entries.set(id, entry);
    return entry;
  }
}

/** Five minutes at one sample a second. */
const HISTORY = 300;
