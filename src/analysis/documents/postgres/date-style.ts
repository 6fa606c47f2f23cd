import { splitList } from './string-list.ts';

/** Completes a DateStyle to both its halves as the server does; false where a word is unknown or two contradict. */
export function dateStyle(value: string): string | false {
  let style: string | undefined;
  let order: string | undefined;
  for (const word of splitList(value) ?? ['']) {
    const newStyle = STYLES[word];
    const newOrder = ORDERS.find(([pattern]) => pattern.test(word))?.[1];
    if (newStyle === undefined && newOrder === undefined && word !== 'default') return false;
    if (newStyle !== undefined && style !== undefined && style !== newStyle) return false;
    if (newOrder !== undefined && order !== undefined && order !== newOrder && style !== 'German') return false;
    style ??= newStyle;
    order ??= newOrder ?? (newStyle === 'German' ? 'DMY' : undefined);
  }
  return `${style ?? 'ISO'}, ${order ?? 'MDY'}`;
}

const STYLES: Readonly<Record<string, string>> = { iso: 'ISO', sql: 'SQL', postgres: 'Postgres', german: 'German' };
const ORDERS = [
  [/^ymd$/, 'YMD'],
  [/^(?:dmy|euro.*)$/, 'DMY'],
  [/^(?:mdy|us|noneuro.*)$/, 'MDY'],
] as const;
