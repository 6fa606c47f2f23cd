import type { Duplex } from 'node:stream';
import type { Disposable } from '../base/disposable.ts';
import type { Result } from '../base/result.ts';
import type { Argv, RemoteCommand, RemoteScript } from './commands/command.ts';
import type { Engine } from './docker/engine.ts';
import type { LiveError } from './errors.ts';
import type { LineFeed } from './feed.ts';
import { HostSession, type SessionPorts } from './host/host-session.ts';

/** A session with a host: a Host of the SSH configuration, `user@name:port`. Nothing is opened before it is needed. */
export function connect(host: string, ports: SessionPorts): Session {
  return new HostSession(host, ports);
}

/**
 * One host, over one verified connection that opens when it is first needed, comes back by itself while someone
 * holds the session, and closes when nobody does. No promise of it rejects.
 */
export interface Session extends Disposable {
  /** As the user named it. */
  readonly host: string;
  readonly state: ConnectionState;
  /** Called on every change of state, not with the present one. */
  onState(listener: (state: ConnectionState) => void): Disposable;
  /** Keeps the connection open, and reconnecting when it breaks, until disposed. */
  hold(): Disposable;
  /** Connects if need be. Answers at once where it is known that only a person can help. */
  ready(signal?: AbortSignal): Promise<Result<void, LiveError>>;
  exec<T>(command: RemoteCommand<T>, signal?: AbortSignal): Promise<Result<T, LiveError>>;
  /** Starts a long-lived script and hands over its lines as they come. Ends with the connection. */
  stream(script: RemoteScript, signal?: AbortSignal): LineFeed;
  /** The container engine of the host, found on the first call of one of its methods. */
  docker(): Engine;
  /** An interactive terminal; without a command, the login shell. */
  terminal(size: TerminalSize, command?: Argv, signal?: AbortSignal): Promise<Result<RemoteTerminal, LiveError>>;
  /** A stream to a TCP port as seen from the host. */
  forward(port: number, address?: string, signal?: AbortSignal): Promise<Result<Duplex, LiveError>>;
}

export type ConnectionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting'; readonly since: number }
  | { readonly kind: 'connected'; readonly since: number }
  /** Was connected, or could not be reached; comes back by itself. `since` is what "stale since 12 s" counts from. */
  | {
      readonly kind: 'waiting';
      readonly since: number;
      readonly error: LiveError;
      readonly attempt: number;
      readonly retryAt: number;
    }
  /** Only a person can help: a changed host key, a refused login. */
  | { readonly kind: 'failed'; readonly since: number; readonly error: LiveError }
  | { readonly kind: 'closed' };

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface RemoteTerminal extends Disposable {
  readonly stream: Duplex;
  readonly ended: Promise<number | undefined>;
  resize(size: TerminalSize): void;
}
