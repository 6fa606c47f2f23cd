import type { HostFacts } from '../../analysis/memory/host.ts';
import type { Clock } from '../../base/clock.ts';
import { DisposableList, type Disposable } from '../../base/disposable.ts';
import { isDemoHost } from '../../demo/names.ts';
import { identify, type HostIdentity } from '../../live/commands/identify.ts';
import type { EngineInfo } from '../../live/docker/types.ts';
import { HostMonitor } from '../../live/sample/monitor.ts';
import type { ConnectionState, Session } from '../../live/session.ts';
import type { Peaks } from '../../live/store/peaks.ts';
import type { OpenedSession } from './connecting.ts';
import { hostFacts } from './host-facts.ts';
import type { HostPicture } from './rows.ts';

export interface HostPorts {
  readonly clock: Clock;
  readonly peaks: Peaks;
  /** May load what it needs first. */
  open(host: string): Promise<OpenedSession>;
  /** Told when the host has said what it is. */
  onFacts(facts: HostFacts): void;
}

/** One Pi of the sidebar. It is connected while somebody looks at it or something is done with it. */
export class WatchedHost implements Disposable {
  readonly name: string;
  readonly pretend: boolean;
  readonly #ports: HostPorts;
  readonly #owned = new DisposableList();
  #opened: Promise<Opened> | undefined;
  #here: Opened | undefined;
  #watching = false;
  #identity: HostIdentity | undefined;
  #info: EngineInfo | undefined;
  /** Whether the facts that a sample adds have been told. */
  #complete = false;

  constructor(name: string, ports: HostPorts) {
    this.name = name;
    this.pretend = isDemoHost(name);
    this.#ports = ports;
  }

  picture(surroundings: Pick<HostPicture, 'restricted' | 'alone'>): HostPicture {
    const connection: ConnectionState = this.#here?.session.state ?? { kind: this.#watching ? 'connecting' : 'idle', since: 0 };
    return { host: this.name, pretend: this.pretend, ...surroundings, connection, view: this.#here?.monitor.view() };
  }

  /** Connects, asks who it is and samples, until told to rest. */
  async watch(): Promise<void> {
    if (this.#watching) return;
    this.#watching = true;
    const { monitor } = await this.#open();
    if (!this.#resting()) monitor.setPeriod(PERIOD_MS);
  }

  /** Nothing runs on the host any more, and the connection closes a little later. */
  rest(): void {
    this.#watching = false;
    this.#here?.monitor.setPeriod(undefined);
  }

  /** For what a person asked for just now. */
  async session(): Promise<Session> {
    return (await this.#open()).session;
  }

  dispose(): void {
    this.#watching = false;
    this.#owned.dispose();
  }

  /** A getter is asked again after every wait; a field would be taken for what it was before. */
  #resting(): boolean {
    return !this.#watching || this.#owned.disposed;
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#ports.open(this.name).then((opened) => {
      this.#owned.add(opened);
      const { session } = opened;
      const monitor = this.#owned.add(new HostMonitor(session, this.#ports));
      this.#owned.add(
        session.onState(({ kind }) => {
          if (kind === 'connected') void this.#learn(session);
        }),
      );
      this.#owned.add(
        monitor.onChange(() => {
          if (!this.#complete && monitor.sampledAt !== undefined) this.#tell();
        }),
      );
      this.#here = { session, monitor };
      return this.#here;
    });
    return this.#opened;
  }

  /** At every connection: a host that comes back may have been repaired. */
  async #learn(session: Session): Promise<void> {
    const identity = await session.exec(identify);
    const info = await session.docker().info();
    if (!identity.ok || this.#owned.disposed) return;
    this.#identity = identity.value;
    this.#info = info.ok ? info.value : undefined;
    this.#complete = false;
    this.#tell();
  }

  #tell(): void {
    const view = this.#here?.monitor.view();
    if (view === undefined || this.#identity === undefined) return;
    this.#complete = view.sampledAt !== undefined;
    this.#ports.onFacts(
      hostFacts({ identity: this.#identity, info: this.#info, memoryCgroup: view.memoryCgroup, reading: view.reading }),
    );
  }
}

interface Opened {
  readonly session: Session;
  readonly monitor: HostMonitor;
}

const PERIOD_MS = 1000;
