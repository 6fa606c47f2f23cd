import { span, type Span } from '../../../base/span.ts';
import type { Origin } from '../located.ts';
import type { SourceText } from '../source.ts';
import { interpolate, type Lookup, type Variable } from './interpolate.ts';

/** What an environment file sets, in the grammar that Compose reads `.env` and `env_file` with. */
export interface EnvironmentFile {
  readonly variables: ReadonlyMap<string, EnvironmentLine>;
  /** Where reading stopped; nothing after it counts, and Compose refuses the project. */
  readonly error: { readonly span: Span; readonly reason: string } | undefined;
}

export interface EnvironmentLine extends Variable {
  readonly key: Span;
  readonly span: Span;
}

// unicode.IsSpace, with and without the line feed.
const SPACE = /[\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;
const BLANK = /[\t\v\f\r \u0085\u00A0]/;
const NAME_PART = /[\p{L}\p{N}_.[\]-]/u;

/** Reads the file. `lookup` is what is known from elsewhere; it wins over the file's own earlier lines in `$` expressions. */
export function readEnvironmentFile(source: SourceText, lookup: Lookup): EnvironmentFile {
  return new Reader(source, lookup).read();
}

class Reader {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #lookup: Lookup;
  readonly #variables = new Map<string, EnvironmentLine>();
  #at: number;

  constructor(source: SourceText, lookup: Lookup) {
    this.#source = source;
    this.#text = source.text;
    this.#lookup = (name) => lookup(name) ?? this.#variables.get(name);
    this.#at = source.text.startsWith('\uFEFF') ? 1 : 0;
  }

  read(): EnvironmentFile {
    while (this.#toStatement()) {
      const start = this.#at;
      const reason = this.#statement();
      if (reason !== undefined)
        return { variables: this.#variables, error: { span: this.#span(start, this.#lineEnd(start)), reason } };
    }
    return { variables: this.#variables, error: undefined };
  }

  /** Skips blank lines and comments; false at the end. */
  #toStatement(): boolean {
    for (;;) {
      while (this.#at < this.#text.length && SPACE.test(this.#text.charAt(this.#at))) this.#at++;
      if (this.#at >= this.#text.length) return false;
      if (this.#text[this.#at] !== '#') return true;
      this.#at = this.#lineEnd(this.#at);
    }
  }

  #statement(): string | undefined {
    const exported = /^export\s+/.exec(this.#text.slice(this.#at, this.#at + 200));
    if (exported !== null) this.#at = this.#skipBlanks(this.#at + 'export'.length);
    const keyStart = this.#at;
    let end = keyStart;
    while (end < this.#text.length && !'=:\n'.includes(this.#text.charAt(end))) {
      const character = String.fromCodePoint(this.#text.codePointAt(end) ?? 0);
      if (!BLANK.test(character) && !NAME_PART.test(character)) return `unexpected character ${character} in a variable name`;
      end += character.length;
    }
    if (end >= this.#text.length) {
      // A bare name on a last line without a line feed: the tool loses it.
      this.#at = end;
      return undefined;
    }
    const name = this.#text.slice(keyStart, end).replace(/[\s\u0085]+$/, '');
    if (name.includes(' ')) return 'a variable name cannot contain a space';
    const key = this.#span(keyStart, keyStart + name.length);
    this.#at = this.#skipBlanks(end + 1);
    if (this.#text[end] !== '\n') return this.#assign(name, key);
    this.#inherited(name, key);
    return undefined;
  }

  /** A bare name takes its value from the environment, if it has one there. */
  #inherited(name: string, key: Span): void {
    const found = this.#lookup(name);
    if (found !== undefined) this.#set(name, key, key, found.value, found.origins);
  }

  #assign(name: string, key: Span): string | undefined {
    const quote = this.#text[this.#at];
    return quote === '"' || quote === "'" ? this.#quoted(name, key, quote) : this.#unquoted(name, key);
  }

  #unquoted(name: string, key: Span): string | undefined {
    const start = this.#at;
    const end = this.#lineEnd(start);
    const [line = ''] = this.#text.slice(start, end).split(' #', 1);
    const written = line.replace(/[\s\u0085]+$/, '');
    this.#at = Math.min(end + 1, this.#text.length);
    return this.#expanded(name, key, this.#span(start, start + written.length), written);
  }

  #quoted(name: string, key: Span, quote: string): string | undefined {
    const start = this.#at;
    let value = '';
    for (let at = start + 1; at < this.#text.length; at++) {
      const character = this.#text.charAt(at);
      if (character === '\\' && at + 1 < this.#text.length) {
        const next = this.#text.charAt(++at);
        value += next === quote ? next : `\\${next}`;
      } else if (character === quote) {
        this.#at = at + 1;
        const place = this.#span(start, at + 1);
        if (quote === '"') return this.#expanded(name, key, place, unescape(value));
        this.#set(name, key, place, value, []);
        return undefined;
      } else value += character;
    }
    return 'a quoted value is not closed';
  }

  #expanded(name: string, key: Span, place: Span, written: string): string | undefined {
    const { text, error, uses } = interpolate(written, this.#lookup);
    if (error !== undefined) return error.kind === 'required' ? `${error.name} ${error.reason}` : 'invalid substitution';
    const origins = uses.flatMap((use): Origin[] => [
      { kind: 'variable', name: use.name, span: place },
      ...(use.found?.origins ?? []),
    ]);
    this.#set(name, key, place, text, origins);
    return undefined;
  }

  #set(name: string, key: Span, place: Span, value: string, origins: readonly Origin[]): void {
    this.#variables.set(name, { value, key, span: place, origins: [{ kind: 'env-file', name, span: place }, ...origins] });
  }

  #skipBlanks(from: number): number {
    let at = from;
    while (at < this.#text.length && BLANK.test(this.#text.charAt(at))) at++;
    return at;
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from);
    return end < 0 ? this.#text.length : end;
  }

  #span(start: number, end: number): Span {
    return span(this.#source.file, start, end);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

/** The escapes of a double-quoted value. `\$` becomes `$$`, which substitution turns into one dollar sign. */
function unescape(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (whole, letter: string | undefined, octal: string | undefined) => {
    if (letter === '$') return '$$';
    if (letter !== undefined) return ESCAPES[letter] ?? whole;
    return octal !== undefined && /^[0-3][0-7]{2}$/.test(octal) ? String.fromCharCode(parseInt(octal, 8)) : whole;
  });
}
