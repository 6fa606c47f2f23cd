import type { TextEdit } from '../../base/edit.ts';
import type { Located, Origin } from './located.ts';

/**
 * Edits that make a value read differently, at the place that decides it: the scalar itself, the default within
 * it, or the line of the .env file. Undefined where that place is no file, or where the value is put together
 * from several, and an edit would change more than this one value.
 */
export function rewrite(value: Located<unknown>, text: string): readonly TextEdit[] | undefined {
  const [written, ...variables] = value.origins;
  if (variables.length === 0) return [{ span: value.spans[0], text }];
  const deciding = variables.at(-1);
  // `${LIMIT:-128M}` is one variable and nothing else; `${LIMIT}M` is more.
  if (written?.kind !== 'written' || !WHOLE.test(written.text)) return undefined;
  if (deciding?.kind === 'default') return inDefault(written, text);
  return deciding?.kind === 'env-file' ? [{ span: deciding.span, text }] : undefined;
}

const WHOLE = /^(["']?)\$(?:\w+|\{[^{}]*\})\1$/;

/** A default's own place isn't kept: it ends where the brace does. */
function inDefault({ span, text: written }: Extract<Origin, { kind: 'written' }>, text: string): readonly TextEdit[] | undefined {
  const match = /^(["']?)\$\{\w+:?-([^{}]*)\}\1$/.exec(written);
  if (match === null) return undefined;
  const [, quote = '', fallback = ''] = match;
  const end = span.end - quote.length - 1;
  return [{ span: { ...span, start: end - fallback.length, end }, text: text.replaceAll(/^"|"$/g, '') }];
}
