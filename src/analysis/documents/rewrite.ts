import type { TextEdit } from '../../base/edit.ts';
import type { Located } from './located.ts';

/**
 * Edits that make a value read differently, at the place that decides it: the scalar itself, the default within
 * it, or the line of the .env file. Undefined where that place is no file, or where the value is put together
 * from several, and an edit would change more than this one value.
 */
export function rewrite(value: Located<unknown>, text: string): readonly TextEdit[] | undefined {
  const variables = value.origins.filter(({ kind }) => kind !== 'written');
  if (variables.length === 0) return [{ span: value.spans[0], text }];
  const written = value.origins.find((origin) => origin.kind === 'written');
  const whole = written?.text.replace(/^(["'])(.*)\1$/, '$2') ?? '';
  // `${LIMIT:-128M}` is one variable and nothing else; `${LIMIT}M` is more.
  if (!/^\$(?:\w+|\{[^{}]*\})$/.test(whole)) return undefined;
  const deciding = value.origins.at(-1);
  return deciding?.kind === 'default' || deciding?.kind === 'env-file' ? [{ span: deciding.span, text }] : undefined;
}
