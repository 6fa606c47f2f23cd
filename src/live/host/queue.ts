/**
 * Hands over items to one consumer. The producer is told to pause when the consumer lags, so that a slow reader
 * slows the host down instead of filling memory here.
 */
export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #high: number;
  readonly #flow: { pause(): void; resume(): void; leave(): void };
  #wake: (() => void) | undefined;
  #ended = false;
  #paused = false;

  constructor(high: number, flow: { pause(): void; resume(): void; leave(): void }) {
    this.#high = high;
    this.#flow = flow;
  }

  push(item: T): void {
    if (this.#ended) return;
    this.#items.push(item);
    if (this.#items.length >= this.#high && !this.#paused) {
      this.#paused = true;
      this.#flow.pause();
    }
    this.#wake?.();
  }

  /** What is queued is still handed over. */
  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    try {
      for (;;) {
        const batch = this.#items.splice(0);
        if (this.#paused && batch.length > 0) {
          this.#paused = false;
          this.#flow.resume();
        }
        yield* batch;
        if (this.#items.length > 0) continue;
        if (this.#ended) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = undefined;
      }
    } finally {
      this.#flow.leave();
    }
  }
}
