import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import type { Engine } from '../docker/engine.ts';
import type { ContainerDetails, EngineEvent } from '../docker/types.ts';
import type { LiveError } from '../errors.ts';
import type { Feed } from '../feed.ts';

export interface InventoryPorts {
  readonly clock: Clock;
  /** Everything the engine has. */
  readonly onAll: (containers: readonly ContainerDetails[]) => void;
  readonly onOne: (container: ContainerDetails) => void;
  readonly onEvent: (event: EngineEvent) => void;
  /** Undefined when the engine answers again. */
  readonly onError: (error: LiveError | undefined) => void;
}

/**
 * Who the containers are: one look at all of them, then only at those that an event names. Nothing is polled, and a
 * churn of hundreds becomes one inspection for each, a few at a time.
 */
export class Inventory implements Disposable {
  readonly #engine: Engine;
  readonly #ports: InventoryPorts;
  readonly #abort = new AbortController();
  readonly #wanted = new Set<string>();
  readonly #strangers = new Set<string>();
  #events: Feed<EngineEvent> | undefined;
  #retry: Disposable | undefined;
  #working = 0;

  constructor(engine: Engine, ports: InventoryPorts) {
    this.#engine = engine;
    this.#ports = ports;
    void this.#begin();
  }

  /** Containers that a sample had and nobody knows. Asked for once each. */
  look(ids: readonly string[]): void {
    for (const id of ids) if (!this.#strangers.has(id)) this.#want(id);
  }

  dispose(): void {
    this.#abort.abort();
    this.#retry?.dispose();
    this.#events?.dispose();
  }

  async #begin(): Promise<void> {
    if (this.#over()) return;
    // Events first: what happens during the look at everything isn't lost then.
    const events = this.#engine.events({}, this.#abort.signal);
    this.#events = events;
    void this.#follow(events);
    const listed = await this.#engine.containers({ all: true }, this.#abort.signal);
    if (this.#over()) return;
    if (!listed.ok) {
      this.#ports.onError(listed.error);
      return;
    }
    this.#ports.onError(undefined);
    const all: ContainerDetails[] = [];
    const waiting = listed.value.slice(0, MAX_CONTAINERS).map(({ id }) => id);
    const worker = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const details = await this.#engine.inspect(id, this.#abort.signal);
        if (details.ok) all.push(details.value);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (!this.#over()) this.#ports.onAll(all.filter(({ id }) => !this.#strangers.has(id)));
  }

  async #follow(events: Feed<EngineEvent>): Promise<void> {
    for await (const event of events.items) {
      if (this.#over()) return;
      if (event.kind !== 'container' || !TELLING.has(event.action)) continue;
      if (event.action === 'destroy') this.#remember(event.id);
      else this.#strangers.delete(event.id);
      this.#ports.onEvent(event);
      if (event.action !== 'destroy') this.#want(event.id);
    }
    const end = await events.ended;
    if (this.#over()) return;
    if (!end.ok) this.#ports.onError(end.error);
    // The engine restarted, or the connection broke: everything may have changed meanwhile.
    this.#retry = this.#ports.clock.after(RETRY_MS, () => void this.#begin());
  }

  #want(id: string): void {
    this.#wanted.add(id);
    if (this.#working < AT_ONCE) void this.#work();
  }

  async #work(): Promise<void> {
    this.#working++;
    for (const id of this.#wanted) {
      if (this.#over()) break;
      this.#wanted.delete(id);
      const details = await this.#engine.inspect(id, this.#abort.signal);
      if (this.#over()) break;
      if (details.ok && !this.#strangers.has(id)) this.#ports.onOne(details.value);
      else if (!details.ok && details.error.kind === 'engineRefused') this.#remember(id);
    }
    this.#working--;
  }

  /**
   * Of another engine, or removed: asking again at every sample would be for nothing, and an answer that was still on
   * its way would bring a removed one back for good. Ids are never used twice.
   */
  #remember(id: string): void {
    if (this.#strangers.size >= MAX_CONTAINERS) this.#strangers.clear();
    this.#strangers.add(id);
    this.#wanted.delete(id);
  }

  #over(): boolean {
    return this.#abort.signal.aborted;
  }
}

/** Health checks make three exec events each time; those, and what images and networks do, say nothing new. */
const TELLING = new Set([
  'create',
  'start',
  'restart',
  'die',
  'oom',
  'stop',
  'pause',
  'unpause',
  'rename',
  'update',
  'destroy',
  'health_status',
]);
const AT_ONCE = 4;
const MAX_CONTAINERS = 2000;
const RETRY_MS = 2000;
