import { bytes, kibibytes, type Bytes } from '../../base/bytes.ts';

/** Lines of `name value`, as memory.stat, memory.events and vmstat have them; whatever else stands there is skipped. */
export function keyed(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^([\w()]+):?\s+(\d+)(?:\s+kB)?\s*$/.exec(line);
    if (match?.[1] !== undefined && Number.isSafeInteger(Number(match[2]))) values.set(match[1], Number(match[2]));
  }
  return values;
}

/** A file that holds one number. `max` and v1's numbers beyond any memory mean that there is no limit. */
export function single(text: string | undefined): number | 'none' | undefined {
  const word = text?.trim() ?? '';
  if (word === 'max') return 'none';
  if (!/^\d+$/.test(word)) return undefined;
  return Number(word) > NO_LIMIT ? 'none' : Number(word);
}

export function size(values: ReadonlyMap<string, number>, name: string): Bytes | undefined {
  const value = values.get(name);
  return value === undefined ? undefined : bytes(value);
}

export function kilobytes(values: ReadonlyMap<string, number>, name: string): Bytes | undefined {
  const value = values.get(name);
  return value === undefined ? undefined : kibibytes(value);
}

/** Leaves out what is undefined, because missing and unknown are one thing here. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** v1 writes the largest count of pages for "none"; no machine has an exbibyte. */
const NO_LIMIT = 2 ** 60;
