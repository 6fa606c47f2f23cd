import { scalarSource, type NewScalar, type Place } from './yaml-scalar-text.ts';

export type NewValue = NewScalar | readonly NewValue[] | { readonly [key: string]: NewValue };

/** What new lines look like in this file. */
export interface BlockStyle extends Place {
  readonly step: number;
  readonly dash: number;
  readonly quoteKeys: boolean;
}

/** A pair as lines of a block, each with its indentation, without breaks. */
export function blockPair(key: string, value: NewValue, column: number, style: BlockStyle): string[] {
  return under(`${' '.repeat(column)}${keySource(key, style)}:`, value, column, style);
}

export function blockItem(value: NewValue, column: number, style: BlockStyle): string[] {
  const dash = `${' '.repeat(column)}-`;
  if (isMap(value) && Object.keys(value).length > 0) {
    const [first = '', ...rest] = blockMap(value, column + 2, style);
    return [`${dash} ${first.trimStart()}`, ...rest];
  }
  return [`${dash} ${flowValue(value, style)}`];
}

export function blockMap(value: Readonly<Record<string, NewValue>>, column: number, style: BlockStyle): string[] {
  return Object.entries(value).flatMap(([key, inner]) => blockPair(key, inner, column, style));
}

/** A value on one line, as it can stand anywhere. */
export function flowValue(value: NewValue, style: BlockStyle, inside = false): string {
  if (isList(value)) return `[${value.map((item) => flowValue(item, style, true)).join(', ')}]`;
  if (isMap(value)) {
    return `{${Object.entries(value)
      .map(([key, inner]) => flowPair(key, inner, style))
      .join(', ')}}`;
  }
  return scalarSource(
    value,
    { ...style, flow: inside || style.flow },
    style.quoteKeys && typeof value === 'string' ? 'double' : 'plain',
  );
}

export function flowPair(key: string, value: NewValue, style: BlockStyle): string {
  return `${keySource(key, { ...style, flow: true })}: ${flowValue(value, style, true)}`;
}

export function keySource(key: string, style: Pick<BlockStyle, 'flow' | 'quote' | 'quoteKeys'>): string {
  return scalarSource(key, style, style.quoteKeys ? 'double' : 'plain');
}

export function isMap(value: NewValue): value is Readonly<Record<string, NewValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isScalar(value: NewValue): value is NewScalar {
  return typeof value !== 'object' || value === null;
}

export function isList(value: NewValue): value is readonly NewValue[] {
  return Array.isArray(value);
}

function under(head: string, value: NewValue, column: number, style: BlockStyle): string[] {
  if (isMap(value) && Object.keys(value).length > 0) return [head, ...blockMap(value, column + style.step, style)];
  if (isList(value) && value.length > 0) return [head, ...value.flatMap((item) => blockItem(item, column + style.dash, style))];
  return [`${head} ${flowValue(value, style)}`];
}
