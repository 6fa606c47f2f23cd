import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import type { OpenChannel } from './connection.ts';

/**
 * An SSH channel as Node's http client wants its sockets. A stream of its own rather than the channel with patches:
 * the channel overrides destroy() and emits 'close' only once everything was read, on which http would wait.
 */
export function asSocket(channel: OpenChannel): Duplex {
  return new ChannelSocket(channel);
}

class ChannelSocket extends Duplex {
  readonly #open: OpenChannel;
  readonly #channel: ClientChannel;

  constructor(open: OpenChannel) {
    super({ allowHalfOpen: true });
    const channel = open.stream;
    this.#open = open;
    this.#channel = channel;
    channel.on('data', (data: Buffer) => {
      if (!this.push(data)) channel.pause();
    });
    channel.on('end', () => this.push(null));
    // What has come is still read: destroying at once would cut the last answer of a connection that is going down.
    void open.closed.then(() => (this.readableEnded ? this.destroy() : this.once('end', () => this.destroy())));
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(data: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (!this.#channel.writable) done(new Error('The channel is closed'));
    else this.#channel.write(data, encoding, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#open.close();
    done(error);
  }

  // What http calls on a net.Socket; a channel has no timers and no part in the event loop's life of its own.
  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
