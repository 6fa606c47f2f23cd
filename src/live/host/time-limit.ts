/** A caller's signal with a time limit on top. Unlike AbortSignal.timeout it leaves no timer behind when it is done. */
export class TimeLimit {
  readonly signal: AbortSignal;
  /** Whether it was the time that ran out, rather than the caller who gave up. */
  expired = false;
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #outer: AbortSignal | undefined;
  readonly #abort = new AbortController();

  constructor(milliseconds: number, outer?: AbortSignal) {
    this.signal = this.#abort.signal;
    this.#outer = outer;
    this.#timer = setTimeout(() => {
      this.expired = true;
      this.#abort.abort();
    }, milliseconds);
    if (outer?.aborted === true) this.#abort.abort();
    outer?.addEventListener('abort', this.#give, { once: true });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#give);
  }

  readonly #give = (): void => this.#abort.abort();
}
