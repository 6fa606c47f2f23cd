import type { Duplex } from 'node:stream';
import type { Message } from '../../base/message.ts';
import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposable.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Argv, RemoteCommand, RemoteScript } from '../commands/command.ts';
import { shellLine } from '../commands/quote.ts';
import type { Engine } from '../docker/engine.ts';
import { engineOver } from '../docker/engine-over.ts';
import type { LiveError } from '../errors.ts';
import type { LineFeed } from '../feed.ts';
import type { ConnectionState, RemoteTerminal, Session, TerminalSize } from '../session.ts';
import { systemClock } from '../system-clock.ts';
import { carefulAsker, type Asker } from './asker.ts';
import { asSocket } from './channel-socket.ts';
import { connectTo, type ConnectPorts, type ConnectTimes } from './connect.ts';
import type { Connection } from './connection.ts';
import { dialTcp, type Dial } from './dial.ts';
import { knownHostsFiles, type HostKeyStore } from './known-hosts-files.ts';
import { Link } from './link.ts';
import type { Machine } from './machine.ts';
import { resolveHost } from './resolve.ts';
import { runCommand } from './run.ts';
import { Secrets } from './secrets.ts';
import { DIAL_CHANNELS, SESSION_CHANNELS, Slots } from './slots.ts';
import { streamScript, type StreamGround } from './stream.ts';
import type { HostTarget } from './target.ts';

/** What a session needs of the world. Only the first three have no standard. */
export interface SessionPorts {
  readonly asker: Asker;
  readonly machine: Machine;
  /** Whether the user's own ProxyCommand may run. */
  readonly trusted: boolean;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly hostKeys?: HostKeyStore;
  readonly dial?: Dial;
  /** Instead of reading the SSH configuration. */
  readonly resolve?: (host: string, signal: AbortSignal) => Promise<Result<HostTarget, LiveError>>;
  readonly times?: Partial<SessionTimes>;
  readonly notice?: (notice: Message) => void;
}

export interface SessionTimes extends ConnectTimes {
  readonly backgroundDialMs: number;
  readonly idleMs: number;
}

/** With three keepalives in vain, a dead connection is found within 15 s. */
const TIMES: SessionTimes = { dialMs: 15_000, backgroundDialMs: 6_000, loginMs: 20_000, keepaliveMs: 5_000, idleMs: 30_000 };

export class HostSession implements Session {
  readonly host: string;
  readonly #ports: SessionPorts;
  readonly #times: SessionTimes;
  readonly #secrets = new Secrets();
  readonly #accepted = new Map<string, Buffer[]>();
  readonly #slots = new Slots(SESSION_CHANNELS);
  readonly #dialSlots = new Slots(DIAL_CHANNELS);
  readonly #link: Link;
  #target: HostTarget | undefined;
  #engine: (Engine & Disposable) | undefined;

  constructor(host: string, ports: SessionPorts) {
    this.host = host;
    this.#ports = ports;
    this.#times = { ...TIMES, ...ports.times };
    this.#link = new Link({
      clock: ports.clock ?? systemClock,
      random: ports.random ?? Math.random,
      idleMs: this.#times.idleMs,
      connect: (attempt) => this.#connect(attempt.background, attempt.signal),
    });
  }

  get state(): ConnectionState {
    return this.#link.state;
  }

  onState(listener: (state: ConnectionState) => void): Disposable {
    return this.#link.onState(listener);
  }

  hold(): Disposable {
    return this.#link.hold();
  }

  async ready(signal?: AbortSignal): Promise<Result<void, LiveError>> {
    const connection = await this.#link.connection(signal, true);
    return connection.ok ? ok(undefined) : connection;
  }

  exec<T>(command: RemoteCommand<T>, signal?: AbortSignal): Promise<Result<T, LiveError>> {
    return this.#withChannel(signal, (connection) => runCommand(connection, command, signal));
  }

  stream(script: RemoteScript, signal?: AbortSignal): LineFeed {
    return streamScript((inner) => this.#ground(this.#slots, inner), script, signal);
  }

  docker(): Engine {
    return (this.#engine ??= engineOver({
      host: this.host,
      connection: (signal) => this.#link.connection(signal),
      exec: (command, signal) => this.exec(command, signal),
      ground: (signal) => this.#ground(this.#dialSlots, signal),
      use: () => this.#link.use(),
    }));
  }

  async terminal(size: TerminalSize, command?: Argv, signal?: AbortSignal): Promise<Result<RemoteTerminal, LiveError>> {
    const ground = await this.#ground(this.#slots, signal);
    if (!ground.ok) return ground;
    const { connection, release } = ground.value;
    const opened = await connection.terminal(size, command && shellLine(command), signal);
    if (!opened.ok) {
      release.dispose();
      return opened;
    }
    const channel = opened.value;
    const ended = Promise.race([channel.closed, connection.ended]).then(() => channel.exit?.code);
    void ended.then(() => release.dispose());
    return ok({
      stream: channel.stream,
      ended,
      resize: ({ rows, columns }) => channel.stream.setWindow(rows, columns, 0, 0),
      dispose: () => channel.close(),
    });
  }

  async forward(port: number, address = '127.0.0.1', signal?: AbortSignal): Promise<Result<Duplex, LiveError>> {
    const connection = await this.#link.connection(signal);
    if (!connection.ok) return connection;
    const opened = await connection.value.tcp(address, port, signal);
    if (!opened.ok) return opened;
    const release = this.#link.use();
    void Promise.race([opened.value.closed, connection.value.ended]).then(() => release.dispose());
    return ok(asSocket(opened.value));
  }

  dispose(): void {
    this.#engine?.dispose();
    this.#link.dispose();
    this.#secrets.forget();
    this.#accepted.clear();
  }

  async #connect(background: boolean, signal: AbortSignal): Promise<Result<Connection, LiveError>> {
    const { machine, asker, trusted, resolve, clock, hostKeys, dial, notice } = this.#ports;
    // A reconnect goes where the connection was: fifty hosts that are away must not start an ssh client every few seconds.
    const known = background ? this.#target : undefined;
    const target =
      known === undefined ? await (resolve?.(this.host, signal) ?? resolveHost(this.host, machine, signal)) : ok(known);
    if (!target.ok) return target;
    this.#target = target.value;
    if (known === undefined) for (const note of target.value.notes) notice?.(note);
    const ports: ConnectPorts = {
      asker: carefulAsker(asker),
      trusted,
      clock: clock ?? systemClock,
      hostKeys: hostKeys ?? knownHostsFiles,
      dial: dial ?? dialTcp,
      secrets: this.#secrets,
      accepted: this.#accepted,
      times: { ...this.#times, dialMs: background ? this.#times.backgroundDialMs : this.#times.dialMs },
      notice: notice ?? (() => undefined),
    };
    return connectTo(target.value, ports, { background, signal });
  }

  /** A connection and leave for one session channel on it, given back together. */
  async #ground(slots: Slots, signal?: AbortSignal): Promise<Result<StreamGround, LiveError>> {
    const use = this.#link.use();
    const slot = await slots.take(signal);
    const connection: Result<Connection, LiveError> =
      slot === undefined ? fail({ kind: 'cancelled' }) : await this.#link.connection(signal);
    const release = {
      dispose: () => {
        slot?.dispose();
        use.dispose();
      },
    };
    if (connection.ok) return ok({ connection: connection.value, release });
    release.dispose();
    return connection;
  }

  async #withChannel<T>(
    signal: AbortSignal | undefined,
    run: (connection: Connection) => Promise<Result<T, LiveError>>,
  ): Promise<Result<T, LiveError>> {
    for (let attempt = 1; ; attempt++) {
      const ground = await this.#ground(this.#slots, signal);
      if (!ground.ok) return ground;
      const result = await run(ground.value.connection);
      const refused = !result.ok && result.error.kind === 'channelRefused';
      // A server with a smaller MaxSessions than usual refuses before anything has begun, so waiting in line is safe.
      if (refused) this.#slots.shrink();
      ground.value.release.dispose();
      if (!refused || attempt >= CHANNEL_ATTEMPTS) return result;
      await this.#pause(attempt * 50);
    }
  }

  /** The server lets go of a session a little after its program has ended. */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => (this.#ports.clock ?? systemClock).after(milliseconds, resolve));
  }
}

const CHANNEL_ATTEMPTS = 8;
