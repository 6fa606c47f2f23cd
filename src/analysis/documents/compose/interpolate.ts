import type { Origin } from '../located.ts';

/**
 * Compose's `$` substitution, with a record of what went where. The grammar is the tool's own, with its quirks:
 * the operator is whichever stands first anywhere in the expression, and a match reaches to the last closing
 * brace of its line.
 */
export interface Interpolated {
  readonly text: string;
  readonly uses: readonly VariableUse[];
  readonly error: InterpolationError | undefined;
}

/** One variable that was looked up, in the order of the text; defaults within defaults included. */
export interface VariableUse {
  readonly name: string;
  /** Offsets of the whole expression in the text that was substituted. */
  readonly start: number;
  readonly end: number;
  readonly found: Variable | undefined;
  /** The default that was taken instead, as written. */
  readonly fallback: string | undefined;
  /** Nothing set it and nothing stands in for it: it became empty. */
  readonly unset: boolean;
}

export interface Variable {
  readonly value: string;
  /** Where the value was set, nearest first. */
  readonly origins: readonly Origin[];
}

export type Lookup = (name: string) => Variable | undefined;

export type InterpolationError =
  | { readonly kind: 'invalid'; readonly start: number }
  | { readonly kind: 'required'; readonly start: number; readonly name: string; readonly reason: string };

const NAME = /^[_a-z][_a-z0-9]*/i;
const BRACED = /^\{([_a-z][_a-z0-9]*(?::?[-+?].*)?)\}/i;
/** Real defaults nest two or three deep. The bound keeps the recursion far from the end of the stack. */
const DEEPEST = 50;
/** Each expression looks to the end of its text. Beyond this many steps (10,000 in 10 kB) it is no configuration. */
const MOST_STEPS = 1e8;
const OPERATORS = [':?', '?', ':-', '-', ':+', '+'] as const;

export function interpolate(template: string, lookup: Lookup): Interpolated {
  if (!template.includes('$')) return { text: template, uses: [], error: undefined };
  const run = new Run(lookup);
  if (template.length * template.split('$').length > MOST_STEPS)
    return { text: template, uses: [], error: { kind: 'invalid', start: 0 } };
  const text = run.substitute(template, 0);
  return { text, uses: run.uses, error: run.error };
}

class Run {
  readonly uses: VariableUse[] = [];
  error: InterpolationError | undefined;
  readonly #lookup: Lookup;
  #depth = 0;

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  substitute(template: string, base: number): string {
    let result = '';
    let at = 0;
    for (let dollar = template.indexOf('$'); dollar >= 0; dollar = template.indexOf('$', at)) {
      result += template.slice(at, dollar);
      const rest = template.slice(dollar + 1);
      const braced = BRACED.exec(rest);
      const named = NAME.exec(rest);
      if (rest.startsWith('$')) {
        result += '$';
        at = dollar + 2;
      } else if (named !== null) {
        result += this.#plain(named[0], base + dollar, base + dollar + 1 + named[0].length);
        at = dollar + 1 + named[0].length;
      } else if (braced !== null) {
        const { text, length } = this.#braced(`$${braced[0]}`, base + dollar);
        result += text;
        at = dollar + length;
      } else if (rest.startsWith('{')) {
        this.#fail({ kind: 'invalid', start: base + dollar });
        at = dollar + 2;
      } else {
        // A dollar before anything else matches nothing and stays.
        result += '$';
        at = dollar + 1;
      }
    }
    return result + template.slice(at);
  }

  #plain(name: string, start: number, end: number): string {
    const found = this.#lookup(name);
    this.uses.push({ name, start, end, found, fallback: undefined, unset: found === undefined });
    return found?.value ?? '';
  }

  /** The match reaches further than the expression where other braces follow on its line; `length` is what was used. */
  #braced(match: string, base: number): { text: string; length: number } {
    const operator = firstOperator(match);
    const closing = closingBrace(match);
    const whole = closing < 0 ? match : match.slice(0, closing + 1);
    const inner = BRACED.exec(whole.slice(1));
    const all = (text: string) => ({ text, length: match.length });
    if (inner === null) return all(this.#fail({ kind: 'invalid', start: base }));
    const expression = inner[1] ?? '';
    const name = NAME.exec(expression)?.[0] ?? '';
    const end = base + whole.length;
    if (name === expression) return all(this.#plain(name, base, end));
    const cut = operator === undefined ? -1 : expression.indexOf(operator);
    if (operator === undefined || cut < 0) return all(this.#plain(expression, base, end));
    return { text: this.#operator(operator, expression, cut, base, end), length: whole.length };
  }

  #operator(operator: (typeof OPERATORS)[number], expression: string, cut: number, start: number, end: number): string {
    const name = expression.slice(0, cut);
    const argument = expression.slice(cut + operator.length);
    const index = this.uses.length;
    if (this.#depth >= DEEPEST) return this.#fail({ kind: 'invalid', start });
    this.#depth++;
    const replacement = this.substitute(argument, start + 2 + cut + operator.length);
    this.#depth--;
    const found = this.#lookup(name);
    const strict = operator.startsWith(':');
    const present = found !== undefined && !(strict && found.value === '');
    const kind = operator.slice(-1);
    if (kind === '?' && !present) return this.#fail({ kind: 'required', start, name, reason: replacement });
    if (kind === '+') {
      this.uses.splice(index, present ? 0 : this.uses.length - index, {
        name,
        start,
        end,
        found,
        fallback: present ? argument : undefined,
        unset: false,
      });
      return present ? replacement : (found?.value ?? '');
    }
    const fallback = kind === '-' && !present ? argument : undefined;
    this.uses.splice(index, fallback === undefined ? this.uses.length - index : 0, {
      name,
      start,
      end,
      found,
      fallback,
      unset: false,
    });
    return fallback === undefined ? (found?.value ?? '') : replacement;
  }

  #fail(error: InterpolationError): string {
    this.error ??= error;
    return '';
  }
}

/** Whichever operator begins earliest, `:-` before the `-` within it. */
function firstOperator(text: string): (typeof OPERATORS)[number] | undefined {
  let best: (typeof OPERATORS)[number] | undefined;
  let at = Infinity;
  for (const operator of OPERATORS) {
    const index = text.indexOf(operator);
    if (index >= 0 && index < at) [best, at] = [operator, index];
  }
  return best;
}

/** The brace that closes the first one. The character after an opening brace is not looked at; that is the tool's way. */
function closingBrace(text: string): number {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '}' && --open === 0) return at;
    if (text[at] === '{') {
      open++;
      at++;
    }
  }
  return -1;
}
