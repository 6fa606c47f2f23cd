import { span as spanOf, type Span } from '../../../base/span.ts';
import type { SourceText } from '../source.ts';
import { declaredIn } from './declared.ts';
import { lineEnd, tokenAt, type Token } from './lexer.ts';
import type { ConfEntry, IncludeDirective, PostgresConf, SyntaxProblem, ValueForm } from './model.ts';
import { untilNul, unquote } from './quoting.ts';

/**
 * Reads a conf file with exactly the server's grammar. A line that the server can't read becomes a problem and
 * reading goes on with the next one.
 */
export function parsePostgresConf(source: SourceText, version?: number): PostgresConf {
  const reader = new LineReader(source);
  reader.readAll();
  const { entries, problems } = reader;
  const declared = declaredIn(source.text);
  return {
    kind: 'postgres-conf',
    source,
    form: 'file',
    entries,
    problems,
    version: version ?? declared.version,
    container: declared.container,
    missingIncludes: [],
  };
}

/** The server gives a file up after its 100th syntax error. */
const MOST_PROBLEMS = 100;

const VALUE_FORMS: Partial<Record<Token['kind'], ValueForm>> = {
  identifier: 'identifier',
  quoted: 'quoted',
  integer: 'integer',
  real: 'real',
  unquoted: 'unquoted',
};

class LineReader {
  readonly entries: ConfEntry[] = [];
  readonly problems: SyntaxProblem[] = [];
  readonly #source: SourceText;
  #at = 0;
  #line = 1;
  #comment: Token | undefined;

  constructor(source: SourceText) {
    this.#source = source;
  }

  readAll(): void {
    while (this.#at < this.#source.text.length && this.problems.length < MOST_PROBLEMS) {
      this.#readLine();
      this.#line++;
    }
  }

  #readLine(): void {
    this.#comment = undefined;
    const name = this.#next();
    if (name.kind === 'line-end' || name.kind === 'end') return;
    if (name.kind !== 'identifier' && name.kind !== 'qualified') {
      this.#refuse(name, name);
      return;
    }
    let value = this.#next();
    if (value.kind === 'equals') value = this.#next();
    const form = VALUE_FORMS[value.kind];
    if (form === undefined) {
      this.#refuse(name, value);
      return;
    }
    const end = this.#next();
    if (end.kind === 'line-end' || end.kind === 'end') this.#add(name, value, form);
    else this.#refuse(name, end);
  }

  #next(): Token {
    const token = tokenAt(this.#source.text, this.#at);
    this.#at = token.end;
    if (token.kind !== 'comment') return token;
    this.#comment = token;
    return this.#next();
  }

  #add(name: Token, value: Token, form: ValueForm): void {
    const written = this.#textOf(value);
    const common = {
      nameSpan: this.#spanOf(name),
      span: this.#span(name.start, value.end),
      line: this.#line,
    };
    const read = form === 'quoted' ? unquote(written) : untilNul(written);
    const directive = includeDirective(this.#textOf(name));
    if (directive !== undefined) {
      this.entries.push({ kind: 'include', directive, path: read, pathSpan: this.#spanOf(value), ...common });
      return;
    }
    this.entries.push({
      kind: 'setting',
      name: this.#textOf(name),
      value: read,
      valueSpan: this.#spanOf(value),
      quoting: form,
      comment: this.#comment === undefined ? undefined : this.#textOf(this.#comment).slice(1).trim(),
      ...common,
    });
  }

  #refuse(first: Token, at: Token): void {
    const { text } = this.#source;
    const atEnd = at.kind === 'line-end' || at.kind === 'end';
    // The scanner has read on to the next line where the value was missing; elsewhere the rest is skipped.
    const stop = atEnd ? at.start : lineEnd(text, at.end);
    if (!atEnd) this.#at = Math.min(stop + 1, text.length);
    this.problems.push({
      near: atEnd ? undefined : untilNul(this.#textOf(at)),
      span: atEnd ? this.#span(first.start, this.#trimmedEnd(first.start, stop)) : this.#spanOf(at),
      lineSpan: this.#span(first.start, this.#trimmedEnd(first.start, contentEnd(text, first.start, stop))),
      line: this.#line,
      last: this.problems.length === MOST_PROBLEMS - 1,
    });
  }

  #trimmedEnd(start: number, end: number): number {
    const { text } = this.#source;
    let at = end;
    while (at > start + 1 && /\s/.test(text.charAt(at - 1))) at--;
    return at;
  }

  #textOf({ start, end }: Token): string {
    return this.#source.text.slice(start, end);
  }

  #spanOf({ start, end }: Token): Span {
    return this.#span(start, end);
  }

  #span(start: number, end: number): Span {
    return spanOf(this.#source.file, start, end);
  }
}

/** Where a line's content ends: before its comment, where a `#` outside of tokens starts one. */
function contentEnd(text: string, start: number, stop: number): number {
  for (let at = start; at < stop;) {
    const token = tokenAt(text, at);
    if (token.kind === 'comment' || token.start >= stop) return token.start;
    at = token.end;
  }
  return stop;
}

function includeDirective(name: string): IncludeDirective | undefined {
  const lower = name.toLowerCase();
  return lower === 'include' || lower === 'include_if_exists' || lower === 'include_dir' ? lower : undefined;
}
