import { Duplex } from 'node:stream';

/** Two ends of a wire within this process: what goes in at one comes out at the other, with backpressure. No port. */
export function socketPair(): readonly [Duplex, Duplex] {
  const one = new WireEnd();
  const other = new WireEnd();
  one.peer = other;
  other.peer = one;
  return [one, other];
}

class WireEnd extends Duplex {
  peer: WireEnd | undefined;
  #resume: (() => void) | undefined;

  constructor() {
    // Ends like a TCP socket: a half that was closed stays open for reading.
    super({ allowHalfOpen: false });
  }

  override _read(): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    // In a turn of its own, as over a real wire: ssh2 answers from within its reading, and an answer that arrives
    // while the other side is still writing its half of a key exchange breaks it off.
    process.nextTick(() => {
      const { peer } = this;
      if (peer === undefined || peer.destroyed) done(new Error('the other end is gone'));
      else if (peer.push(chunk)) done();
      else peer.#resume = done;
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.peer?.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    const { peer } = this;
    this.peer = undefined;
    // The other end learns of it in a turn of its own, as over a real wire.
    if (peer !== undefined) setImmediate(() => peer.destroy());
    done(error);
  }
}
