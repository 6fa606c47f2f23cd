import type { Span } from '../../base/span.ts';

/**
 * A value that knows where it was written. `value` is undefined where something stands there that can't be
 * known or isn't of the right kind (a placeholder, an unset variable, a word where a size belongs); `text` is
 * what the resolved file says then. Not knowing is an answer: rules pass over it.
 */
export interface Located<T> {
  readonly value: T | undefined;
  /** The scalar after interpolation, as a person would read it. */
  readonly text: string;
  /** Where it was written, the deciding place first; quotes included. Never empty. */
  readonly spans: readonly [Span, ...Span[]];
  /** The key that introduces it, where there is one. */
  readonly key?: Span;
  /** From the resolved value back to its sources, nearest first: the file's own text, variables, .env lines. */
  readonly origins: readonly Origin[];
}

/** One link of the chain `128M ← docker-compose.prod.yml:41 ← ${DB_LIMIT:-128M} ← .env:3`. */
export type Origin =
  | { readonly kind: 'written'; readonly span: Span; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly span: Span }
  | { readonly kind: 'env-file'; readonly name: string; readonly span: Span }
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'default'; readonly text: string; readonly span: Span };
