/**
 * Docker's way to send two streams through one: eight bytes of header (stream, three zeros, length), then data.
 * A container with a terminal sends its one stream raw.
 */
export class FrameReader {
  readonly #each: (from: 'stdout' | 'stderr', data: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #left = 0;
  #from: 'stdout' | 'stderr' = 'stdout';

  constructor(each: (from: 'stdout' | 'stderr', data: Buffer) => void) {
    this.#each = each;
  }

  /** False for bytes that can't be a header. */
  add(data: Buffer): boolean {
    let rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    for (;;) {
      if (this.#left > 0 && rest.length > 0) {
        const part = rest.subarray(0, this.#left);
        this.#left -= part.length;
        rest = rest.subarray(part.length);
        this.#each(this.#from, part);
      } else if (rest.length >= 8) {
        const [stream = 9, ...zeros] = rest.subarray(0, 4);
        if (stream > 2 || zeros.some((zero) => zero !== 0)) return false;
        this.#from = stream === 2 ? 'stderr' : 'stdout';
        this.#left = rest.readUInt32BE(4);
        rest = rest.subarray(8);
      } else {
        this.#rest = rest;
        return true;
      }
    }
  }
}
