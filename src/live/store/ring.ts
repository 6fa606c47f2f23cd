/** The newest so many numbers, oldest first when read. Takes its memory at once: a thousand containers fit in megabytes. */
export class Ring {
  readonly #values: Float64Array;
  #next = 0;
  #count = 0;

  constructor(capacity: number) {
    this.#values = new Float64Array(Math.max(1, capacity));
  }

  get length(): number {
    return this.#count;
  }

  push(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    this.#count = Math.min(this.#count + 1, this.#values.length);
  }

  /** The newest `count` of them. */
  recent(count: number = this.#count): readonly number[] {
    const size = this.#values.length;
    const wanted = Math.min(Math.max(0, count), this.#count);
    return Array.from({ length: wanted }, (_, index) => this.#values[(this.#next - wanted + index + size) % size] ?? 0);
  }
}
