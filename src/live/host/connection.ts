import type { Client, ClientChannel } from 'ssh2';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import { KEEPALIVE_MISSES } from './handshake.ts';

export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/** Why a channel did not open. The reason is the server's number: 1 forbidden, 2 connect failed, 3 unknown type, 4 shortage. */
export type OpenFailure = LiveError & {
  readonly kind: 'channelRefused' | 'timedOut' | 'connectionLost' | 'cancelled';
  readonly reason?: number;
};

/** One logged-in SSH connection. It never comes back: who wants that, asks the link for the next one. */
export class Connection {
  readonly host: string;
  readonly user: string;
  /** How the server introduced itself: `OpenSSH_9.2p1 Debian-2`, `dropbear_2022.83`. */
  readonly software: string;
  /** Resolves once, with what ended it. */
  readonly ended: Promise<LiveError>;
  readonly #clients: readonly Client[];
  #end: (error: LiveError) => void = () => undefined;
  #over = false;

  /** Clients in the order of hops; the last one is the host's. */
  constructor(host: string, user: string, software: string, clients: readonly [Client, ...Client[]], keepaliveMs: number) {
    this.host = host;
    this.user = user;
    this.software = software;
    this.#clients = clients;
    this.ended = new Promise((resolve) => {
      this.#end = (error) => {
        this.#over = true;
        resolve(error);
      };
    });
    const silence = (keepaliveMs * (KEEPALIVE_MISSES + 1)) / 1000;
    for (const client of clients) {
      client.on('error', (error: Error & { level?: string }) => {
        if (error.level === 'client-timeout') this.#end({ kind: 'timedOut', what: 'keepalive', seconds: silence });
      });
      client.once('close', () => {
        this.#end({ kind: 'connectionLost', host });
        this.#drop();
      });
    }
  }

  get over(): boolean {
    return this.#over;
  }

  exec(line: string, signal?: AbortSignal): Promise<Result<OpenChannel, OpenFailure>> {
    return this.#open((client, done) => client.exec(line, done), signal);
  }

  /** With a terminal: the login shell, or a command line. */
  terminal(size: WindowSize, line: string | undefined, signal?: AbortSignal): Promise<Result<OpenChannel, OpenFailure>> {
    const pty = { cols: size.columns, rows: size.rows, term: 'xterm-256color' };
    return this.#open(
      (client, done) => (line === undefined ? client.shell(pty, done) : client.exec(line, { pty }, done)),
      signal,
    );
  }

  tcp(address: string, port: number, signal?: AbortSignal): Promise<Result<OpenChannel, OpenFailure>> {
    return this.#open((client, done) => client.forwardOut('127.0.0.1', 0, address, port, done), signal);
  }

  unixSocket(path: string, signal?: AbortSignal): Promise<Result<OpenChannel, OpenFailure>> {
    return this.#open((client, done) => client.openssh_forwardOutStreamLocal(path, done), signal);
  }

  /** Says goodbye and lets go of the sockets. */
  close(): void {
    this.#end({ kind: 'closed' });
    this.#drop();
  }

  #drop(): void {
    // Last hop first: its goodbye still has to travel through the others.
    for (const client of [...this.#clients].reverse()) {
      client.end();
      client.destroy();
    }
  }

  #open(
    start: (client: Client, done: (error: Error | undefined, channel: ClientChannel) => void) => unknown,
    signal: AbortSignal | undefined,
  ): Promise<Result<OpenChannel, OpenFailure>> {
    return new Promise((resolve) => {
      let settled = false;
      const settle = (result: Result<OpenChannel, OpenFailure>): void => {
        settled = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        resolve(result);
      };
      const cancel = (): void => settle(fail({ kind: 'cancelled' }));
      const timer = setTimeout(
        () => settle(fail({ kind: 'timedOut', what: 'command', seconds: OPEN_TIMEOUT_MS / 1000 })),
        OPEN_TIMEOUT_MS,
      );
      const client = this.#clients.at(-1);
      if (signal?.aborted === true) {
        cancel();
        return;
      }
      if (client === undefined || this.#over) {
        settle(fail({ kind: 'connectionLost', host: this.host }));
        return;
      }
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        start(client, (error, channel) => {
          // A channel that opens after its asker has gone would stay open for ever.
          if (settled) {
            if (error === undefined) closeChannel(channel);
            return;
          }
          settle(error === undefined ? ok(new OpenChannel(channel)) : fail(this.#refusal(error)));
        });
      } catch {
        // ssh2 throws where its socket has gone and its 'close' was emitted before anyone listened.
        this.#end({ kind: 'connectionLost', host: this.host });
        settle(fail({ kind: 'connectionLost', host: this.host }));
      }
    });
  }

  #refusal(error: Error & { reason?: unknown }): OpenFailure {
    if (this.#over) return { kind: 'connectionLost', host: this.host };
    const detail = error.message.slice(0, 200);
    return {
      kind: 'channelRefused',
      host: this.host,
      detail,
      ...(typeof error.reason === 'number' ? { reason: error.reason } : {}),
    };
  }
}

/**
 * A channel with its end kept from the first moment: ssh2 reads everything that arrived in one go, so a short program
 * has exited and closed before whoever waited for the channel gets to listen.
 */
export class OpenChannel {
  readonly stream: ClientChannel;
  readonly closed: Promise<void>;
  /** Of the program, where the server told it. */
  exit: { readonly code?: number; readonly signal?: string } | undefined;

  constructor(stream: ClientChannel) {
    this.stream = stream;
    stream.on('error', () => undefined);
    stream.on('exit', (code: number | null, signal?: string) => {
      this.exit = { ...(code === null ? {} : { code }), ...(signal === undefined ? {} : { signal }) };
    });
    this.closed = new Promise((resolve) => stream.on('close', () => resolve()));
  }

  /** Ends it whatever state it is in, and swallows what still comes. */
  close(): void {
    closeChannel(this.stream);
  }
}

const OPEN_TIMEOUT_MS = 15_000;

/** Ends a channel whatever state it is in, and swallows what still comes. */
function closeChannel(channel: ClientChannel): void {
  channel.on('error', () => undefined);
  channel.resume();
  channel.stderr.resume();
  channel.destroy();
}
