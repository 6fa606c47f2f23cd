/**
 * How fast a counter rises, over a window. A counter that falls belongs to a container that was started anew, so
 * what was before doesn't count; an unknown value neither.
 */
export class Rate {
  readonly #windowMs: number;
  #points: Point[] = [];

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  push(at: number, value: number | undefined): void {
    if (value === undefined) {
      this.#points = [];
      return;
    }
    const last = this.#points.at(-1);
    if (last !== undefined && (value < last.value || at < last.at)) this.#points = [];
    this.#points.push({ at, value });
    // One point from before the window stays, so that slow sampling has something to compare with.
    while (this.#points.length > 2 && at - (this.#points[1]?.at ?? at) >= this.#windowMs) this.#points.shift();
    if (this.#points.length > MAX_POINTS) this.#points.splice(1, 1);
  }

  /** Unknown until two readings a moment apart exist. */
  get perSecond(): number | undefined {
    const first = this.#points[0];
    const last = this.#points.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < MIN_SPAN_MS) return undefined;
    return ((last.value - first.value) * 1000) / (last.at - first.at);
  }
}

interface Point {
  readonly at: number;
  readonly value: number;
}

const MAX_POINTS = 64;
const MIN_SPAN_MS = 400;
