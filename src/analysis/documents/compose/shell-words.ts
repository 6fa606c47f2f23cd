/** A word of a command line, and where its characters stand in the text when they run one to one. */
export interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Without quotes or escapes inside: `from` to `to` is the word itself. */
  readonly exact: boolean;
}

/**
 * Splits a command as Compose does, which is not quite as a shell does: it stops at `;` `&` `|` `<` `>` outside
 * quotes and forgets the rest. Undefined where it refuses.
 */
export function splitWords(line: string): readonly Word[] | undefined {
  const splitter = new Splitter(line);
  return splitter.run();
}

class Splitter {
  readonly #line: string;
  readonly #words: Word[] = [];
  #buffer = '';
  #start = -1;
  #started = false;
  #exact = true;
  #quote: '"' | "'" | '`' | '(' | undefined;

  constructor(line: string) {
    this.#line = line;
  }

  run(): readonly Word[] | undefined {
    const line = this.#line;
    for (let at = 0; at < line.length; at++) {
      const character = line.charAt(at);
      if (character === '\\' && this.#quote !== "'") {
        if (++at >= line.length) return undefined;
        this.#begin(at - 1);
        this.#exact = false;
        this.#buffer += line.charAt(at);
        this.#started = true;
      } else if (' \t\r\n'.includes(character)) {
        if (this.#quote === undefined) this.#end(at);
        else this.#buffer += character;
      } else {
        const step = this.#take(character, at);
        if (step === 'refuse') return undefined;
        if (step === 'stop') return this.#finish(at);
      }
    }
    return this.#finish(line.length);
  }

  #take(character: string, at: number): 'stop' | 'refuse' | undefined {
    const quote = this.#quote;
    if ((character === '"' || character === "'") && (quote === undefined || quote === character || quote === '`')) {
      // Quotes inside backquotes are taken for quotes as well; that ends in a refusal unless they close first.
      this.#toggle(character, at);
      return undefined;
    }
    if (character === '`' && (quote === undefined || quote === '`')) {
      this.#quote = quote === '`' ? undefined : '`';
    } else if (character === '(' && quote !== "'" && quote !== '"' && quote !== '`') {
      if (quote === '(' || !this.#buffer.endsWith('$')) return 'refuse';
      this.#quote = '(';
    } else if (character === ')' && quote !== "'" && quote !== '"' && quote !== '`') {
      this.#quote = quote === '(' ? undefined : '(';
    } else if (';&|<>'.includes(character) && quote === undefined) {
      // `2>file`: the digit belongs to the redirection.
      if (character === '>' && /^\d/.test(this.#buffer)) this.#started = false;
      return 'stop';
    }
    this.#begin(at);
    this.#buffer += character;
    this.#started = true;
    return undefined;
  }

  #toggle(character: '"' | "'", at: number): void {
    if (this.#quote === character) {
      this.#quote = undefined;
      this.#started = true;
    } else this.#quote = character;
    this.#begin(at);
    this.#exact = false;
  }

  #begin(at: number): void {
    if (this.#start < 0) this.#start = at;
  }

  #end(at: number): void {
    if (this.#started) this.#words.push({ text: this.#buffer, from: this.#start, to: at, exact: this.#exact });
    this.#buffer = '';
    this.#start = -1;
    this.#started = false;
    this.#exact = true;
  }

  #finish(at: number): readonly Word[] | undefined {
    this.#end(at);
    return this.#quote === undefined ? this.#words : undefined;
  }
}
