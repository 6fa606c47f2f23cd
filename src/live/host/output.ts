/** What a program prints, kept up to a limit. */
export class BoundedOutput {
  readonly #limit: number;
  readonly #parts: Buffer[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False once the limit is passed. */
  add(data: Buffer): boolean {
    this.#size += data.length;
    if (this.#size > this.#limit) return false;
    this.#parts.push(data);
    return true;
  }

  text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}

/** The end of what a program prints, for an error message. */
export class OutputTail {
  #text = '';

  add(data: Buffer): void {
    this.#text = (this.#text + data.toString('utf8')).slice(-TAIL);
  }

  get text(): string {
    return forMessage(this.#text);
  }
}

/** Remote text as a message may show it: no escape sequences that could draw on a terminal, no endless lines. */
export function forMessage(text: string): string {
  const [first = '', ...afterEscape] = text.split('\u001b');
  const plain = first + afterEscape.map((part) => part.replace(/^\[[0-9;?]*[A-Za-z]/, '')).join('');
  return plain
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim()
    .slice(-TAIL);
}

const TAIL = 500;
