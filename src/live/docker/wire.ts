/*
 * Answers come from a machine we don't control, so nothing in them has a type until it was looked at. A field of the
 * wrong type counts as missing.
 */

export type WireRecord = Readonly<Record<string, unknown>>;

export function recordOf(value: unknown): WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireRecord) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function textsOf(value: unknown): string[] {
  return listOf(value).filter((each) => typeof each === 'string');
}

export function textMapOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(recordOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** An object without the fields that turned out to be missing. */
export function present<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
