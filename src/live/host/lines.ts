import { StringDecoder } from 'node:string_decoder';

/** Cuts bytes into lines wherever the network cut them. A line longer than the limit is an end, not a cut. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #limit: number;
  #rest = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Undefined for a line that is too long. */
  add(data: Buffer): string[] | undefined {
    const text = this.#decoder.write(data);
    const lines = text.split('\n');
    lines[0] = this.#rest + (lines[0] ?? '');
    this.#rest = lines.pop() ?? '';
    return this.#rest.length > this.#limit || lines.some(({ length }) => length > this.#limit) ? undefined : lines;
  }

  /** What stood after the last line end. */
  end(): string[] {
    const last = this.#rest + this.#decoder.end();
    return last === '' ? [] : [last];
  }
}

export const MAX_LINE = 256 * 1024;
