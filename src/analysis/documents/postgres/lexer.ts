/** A token of the server's scanner (guc-file.l). Blanks and comments make none; a line end and the file's end do. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

export type TokenKind =
  'identifier' | 'qualified' | 'quoted' | 'unquoted' | 'integer' | 'real' | 'equals' | 'error' | 'line-end' | 'end' | 'comment';

/**
 * Reads the token at an offset: longest match, then the scanner's own order. A character beyond ASCII is a
 * letter, because the server sees bytes from 0x80 up as letters.
 */
export function tokenAt(text: string, from: number): Token {
  const start = skipBlanks(text, from);
  const token = (kind: TokenKind, end: number): Token => ({ kind, start, end });
  if (start >= text.length) return token('end', start);
  const first = text.charAt(start);
  if (first === '\n') return token('line-end', start + 1);
  if (first === '#') return token('comment', lineEnd(text, start));
  if (first === '=') return token('equals', start + 1);
  if (first === "'") {
    const end = quotedEnd(text, start);
    return end === undefined ? token('error', start + 1) : token('quoted', end);
  }
  return wordAt(text, start) ?? numberAt(text, start) ?? token('error', start + 1);
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANKS.has(text.charCodeAt(at))) at++;
  return at;
}

/** Space, tab and carriage return; form feed and vertical tab are errors. */
const BLANKS = new Set([32, 9, 13]);

const IDENTIFIER = /[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*/y;
const QUALIFIED = /[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*\.[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff]*/y;
const UNQUOTED = /[A-Za-z_\u0080-\uffff][A-Za-z_0-9\u0080-\uffff\-._:/]*/y;
const INTEGER = /[+-]?(?:0x[0-9a-fA-F]+|[0-9]+)[a-zA-Z]*/y;
const REAL = /[+-]?[0-9]*\.[0-9]*(?:[Ee][+-]?[0-9]+)?/y;

function wordAt(text: string, start: number): Token | undefined {
  const end = match(UNQUOTED, text, start);
  if (end === undefined) return undefined;
  // The unquoted string takes every character that the others take, so it is never shorter.
  if (match(IDENTIFIER, text, start) === end) return { kind: 'identifier', start, end };
  return { kind: match(QUALIFIED, text, start) === end ? 'qualified' : 'unquoted', start, end };
}

function numberAt(text: string, start: number): Token | undefined {
  const integer = match(INTEGER, text, start) ?? start;
  const real = match(REAL, text, start) ?? start;
  if (integer === start && real === start) return undefined;
  return integer >= real ? { kind: 'integer', start, end: integer } : { kind: 'real', start, end: real };
}

function match(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * Where a quoted string ends. By hand, since a regular expression would go back over a long unclosed line; the
 * place to go back to is remembered instead: `'a''b` is the string `'a'` and an error.
 */
function quotedEnd(text: string, start: number): number | undefined {
  let closed: number | undefined;
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charAt(at);
    if (unit === '\n') return closed;
    if (unit === '\\') {
      if (text.charAt(at + 1) === '\n') return closed;
      at++;
    } else if (unit === "'") {
      if (text.charAt(at + 1) !== "'") return at + 1;
      closed = at + 1;
      at++;
    }
  }
  return closed;
}
