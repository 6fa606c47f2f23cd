import type { Clock } from '../../base/clock.ts';
import { DisposableList, onDispose, type Disposable } from '../../base/disposable.ts';
import type { ContainerReading, Sample } from '../cgroup/reading.ts';
import type { EngineEvent } from '../docker/types.ts';
import type { LiveError } from '../errors.ts';
import type { ConnectionState, Session } from '../session.ts';
import type { Alert } from '../store/alert.ts';
import type { AlertRules } from '../store/alert-rules.ts';
import { HostStore, type HostView } from '../store/host-store.ts';
import type { Peaks } from '../store/peaks.ts';
import { engineReadings, sampleThroughEngine } from './engine-sampling.ts';
import { Inventory } from './inventory.ts';
import { Sampling, type SamplingState } from './sampling.ts';

export interface MonitorPorts {
  readonly clock: Clock;
  readonly peaks: Peaks;
  readonly rules?: AlertRules;
}

export interface MonitorView extends HostView {
  readonly connection: ConnectionState;
  readonly sampling: SamplingState;
  /** Why the engine can't be asked: names, limits and health are missing or old then. */
  readonly engineError?: LiveError;
  /** Age of what is shown, once it is older than it should be. */
  readonly staleMs?: number;
}

/**
 * One host being watched: its samples, its containers and its alerts in one view. Runs while a period is set; with
 * none, nothing runs on the host and nothing holds the connection.
 */
export class HostMonitor implements Disposable {
  readonly #session: Session;
  readonly #ports: MonitorPorts;
  readonly #store: HostStore;
  readonly #sampling: Sampling;
  readonly #listeners = new Set<() => void>();
  readonly #missing = new Map<string, number>();
  #running: Running | undefined;
  #engineTimer: Disposable | undefined;
  #inventory: Inventory | undefined;
  #engineError: LiveError | undefined;
  #viaEngine: readonly ContainerReading[] = [];
  #polledAt = -Infinity;
  #period: number | undefined;

  constructor(session: Session, ports: MonitorPorts) {
    this.#session = session;
    this.#ports = ports;
    const rules = ports.rules === undefined ? {} : { rules: ports.rules };
    this.#store = new HostStore({ host: session.host, peaks: ports.peaks, ...rules });
    this.#sampling = new Sampling(session, {
      clock: ports.clock,
      onSample: (sample) => this.#sampled(sample),
      onState: (state) => this.#samplingIs(state),
    });
  }

  set rules(rules: AlertRules) {
    this.#store.rules = rules;
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return onDispose(() => this.#listeners.delete(listener));
  }

  /** Fast while someone looks, slow for alerts alone, undefined for neither. */
  setPeriod(period: number | undefined): void {
    this.#period = period;
    if (period !== undefined && this.#running === undefined) this.#begin();
    this.#sampling.setPeriod(period);
    if (period === undefined) {
      this.#running?.abort.abort();
      this.#running?.parts.dispose();
      this.#running = undefined;
      this.#engineTimer?.dispose();
    }
  }

  takeNotifications(): readonly Alert[] {
    return this.#store.takeNotifications();
  }

  /** `Clock.now` of the last sample, without the cost of a whole view. */
  get sampledAt(): number | undefined {
    return this.#store.sampledAt;
  }

  view(): MonitorView {
    const view = this.#store.view();
    const age = view.sampledAt === undefined ? undefined : this.#ports.clock.now() - view.sampledAt;
    const stale = age !== undefined && age > Math.max(STALE_MS, 2.5 * (this.#period ?? 0));
    return {
      ...view,
      connection: this.#session.state,
      sampling: this.#sampling.state,
      ...(this.#engineError === undefined ? {} : { engineError: this.#engineError }),
      ...(stale ? { staleMs: age } : {}),
    };
  }

  dispose(): void {
    this.setPeriod(undefined);
    this.#sampling.dispose();
    this.#listeners.clear();
  }

  #begin(): void {
    const parts = new DisposableList();
    this.#running = { parts, abort: new AbortController() };
    parts.add(this.#session.hold());
    parts.add(this.#session.onState(() => this.#changed()));
    const inventory = new Inventory(this.#session.docker(), {
      clock: this.#ports.clock,
      onAll: (all) => {
        this.#store.inventory(all, this.#ports.clock.now());
        this.#changed();
      },
      onOne: (one) => {
        this.#store.inspected(one, this.#ports.clock.now());
        this.#changed();
      },
      onEvent: (event) => this.#happened(event),
      onError: (error) => {
        this.#engineError = error;
        this.#changed();
      },
    });
    this.#inventory = parts.add(inventory);
  }

  #happened(event: EngineEvent): void {
    const { clock } = this.#ports;
    if (event.action === 'start' || event.action === 'restart') this.#sampling.scanSoon();
    this.#store.event(event, clock.now(), clock.wall());
    this.#changed();
  }

  #sampled(sample: Sample): void {
    const sampled = new Set(sample.containers.map(({ id }) => id));
    const missing = this.#store.runningIds.filter((id) => !sampled.has(id));
    const extra = this.#viaEngine.filter(({ id }) => missing.includes(id));
    this.#store.sample(extra.length === 0 ? sample : { ...sample, containers: [...sample.containers, ...extra] });
    this.#inventory?.look(this.#store.unknownIds);
    this.#askEngineFor(missing, sample);
    this.#changed();
  }

  /** Containers that run without a cgroup that can be read here: in a virtual machine, or hidden from this user. */
  #askEngineFor(missing: readonly string[], { at, host }: Sample): void {
    for (const id of this.#missing.keys()) if (!missing.includes(id)) this.#missing.delete(id);
    for (const id of missing) if (!this.#missing.has(id)) this.#missing.set(id, at);
    const due = missing.filter((id) => at - (this.#missing.get(id) ?? at) >= MISSING_MS);
    if (due.length < missing.length) this.#sampling.scanSoon();
    if (due.length === 0) this.#viaEngine = [];
    const running = this.#running;
    if (due.length === 0 || running === undefined || at - this.#polledAt < ENGINE_PERIOD_MS) return;
    this.#polledAt = at;
    void engineReadings(this.#session, due, host.total, running.abort.signal).then((readings) => (this.#viaEngine = readings));
  }

  #samplingIs(state: SamplingState): void {
    if (state.kind === 'unable') void this.#sampleThroughEngine();
    this.#changed();
  }

  /** Until the sampler runs again. */
  async #sampleThroughEngine(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    const { clock } = this.#ports;
    const sample = await sampleThroughEngine(this.#session, clock, this.#store.runningIds, running.abort.signal);
    if (this.#running !== running || this.#sampling.state.kind !== 'unable') return;
    if (sample !== undefined) this.#store.sample(sample);
    this.#changed();
    this.#engineTimer?.dispose();
    this.#engineTimer = clock.after(Math.max(this.#period ?? 0, ENGINE_PERIOD_MS), () => void this.#sampleThroughEngine());
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

interface Running {
  readonly parts: DisposableList;
  readonly abort: AbortController;
}

const STALE_MS = 5000;
const ENGINE_PERIOD_MS = 5000;
const MISSING_MS = 15_000;
