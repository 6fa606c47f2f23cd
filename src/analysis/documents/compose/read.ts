import { bytes, parseSize, type Bytes } from '../../../base/bytes.ts';
import type { Located } from '../located.ts';
import { booleanOf } from './cast.ts';
import { parseDuration } from './go-format.ts';
import type { Value } from './model.ts';
import { keyed } from './service-files.ts';
import { asList, isNull, locate, Scalar, type Mapping } from './value.ts';

/*
 * From the tree to what rules read. What isn't of the right kind, or isn't known, has an undefined value and keeps
 * its place; what isn't there at all is undefined.
 */

function read<T>(map: Mapping | undefined, key: string, parse: (scalar: Scalar) => T | undefined): Located<T> | undefined {
  const entry = map?.entries.get(key);
  if (!(entry?.value instanceof Scalar) || isNull(entry.value)) return undefined;
  return locate(entry.value, entry.value.known ? parse(entry.value) : undefined, entry.key);
}

export function textOf(map: Mapping | undefined, key: string): Located<string> | undefined {
  return read(map, key, (scalar) => scalar.text);
}

export function sizeOf(map: Mapping | undefined, key: string): Located<Bytes> | undefined {
  return read(map, key, sizeFrom);
}

export function sizeFrom(scalar: Scalar): Bytes | undefined {
  if (scalar.type === 'int') return bytes(Number(scalar.value));
  const parsed = scalar.type === 'string' ? parseSize(scalar.text) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
}

export function numberOf(map: Mapping | undefined, key: string): Located<number> | undefined {
  return read(map, key, (scalar) => {
    const value = typeof scalar.value === 'number' ? scalar.value : scalar.text.trim() === '' ? NaN : Number(scalar.text);
    return Number.isFinite(value) ? value : undefined;
  });
}

export function booleanAt(map: Mapping | undefined, key: string): Located<boolean> | undefined {
  return read(map, key, (scalar) => (typeof scalar.value === 'boolean' ? scalar.value : booleanOf(scalar.text)));
}

/** In milliseconds. */
export function durationOf(map: Mapping | undefined, key: string): Located<number> | undefined {
  return read(map, key, (scalar) => {
    const nanoseconds = parseDuration(scalar.text);
    return nanoseconds === undefined ? undefined : nanoseconds / 1e6;
  });
}

export function textsOf(value: Value | undefined): readonly Located<string>[] {
  if (value instanceof Scalar) return isNull(value) ? [] : [value.located];
  return asList(value)?.items.flatMap((item) => (item instanceof Scalar && !isNull(item) ? [item.located] : [])) ?? [];
}

/** Of a mapping, or of a list of `name=value`. */
export function locatedTexts(value: Value | undefined): ReadonlyMap<string, Located<string>> {
  if (value === undefined) return new Map();
  return new Map(
    keyed(value).flatMap(([name, entry]): [string, Located<string>][] =>
      entry.value instanceof Scalar
        ? [[name, locate(entry.value, entry.value.known ? entry.value.text : undefined, entry.key)]]
        : [],
    ),
  );
}
