import { parseSize } from '../../../base/bytes.ts';
import { booleanOf } from './cast.ts';
import { float32, formatDuration, parseDuration } from './go-format.ts';
import type { Value } from './model.ts';
import { collectionPrinters, printCommand } from './print-collections.ts';
import type { Problems } from './problems.ts';
import type { MapShape, Printer, Shape } from './shape.ts';
import { text as words } from './text.ts';
import { isNull, isPlaceholder, List, Mapping, Scalar, spansOf } from './value.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Where in the tree printing is, and where to say what can't be printed. */
export interface PrintScope {
  readonly problems: Problems;
  readonly path: string[];
}

/**
 * The value as `docker compose config --format json` prints it. Undefined is left out, as is whatever is zero.
 * What the tool can't decode is reported, and printed as it was written.
 */
export function print(value: Value, shape: Shape, scope: PrintScope): Json | undefined {
  const collection = collectionPrinters[shape.prints];
  if (collection !== undefined) return collection(value, shape, scope);
  if (shape.prints === 'object' || shape.prints === 'external') return printObject(value, shape, scope);
  if (shape.prints === 'objects') return printNamed(value, shape, scope);
  if (shape.prints === 'list') return printList(value, shape, scope);
  if (shape.prints === 'nothing') return undefined;
  if (shape.prints === 'raw') return raw(value);
  if (!(value instanceof Scalar) || isNull(value)) return undefined;
  return printScalar(value, shape.prints, scope);
}

/** As it stands: for extensions, which nobody decodes. */
export function raw(value: Value): Json {
  if (value instanceof Mapping) {
    return Object.fromEntries([...value.entries].map(([key, entry]) => [key, raw(entry.value)]));
  }
  // An empty list is lost on the way: the tool prints null.
  if (value instanceof List) return value.items.length === 0 ? null : value.items.map(raw);
  if (!(value instanceof Scalar)) return null;
  if (value.type === 'timestamp') return timestamp(value.text);
  return value.value === undefined ? value.text : value.value;
}

export function undecodable(value: Value, template: string, scope: PrintScope): string {
  const text = value instanceof Scalar ? value.text : '';
  const [span] = spansOf(value);
  if (isPlaceholder(text) || /[{}<>%]/.test(text)) scope.problems.refuse('placeholder', span, words.placeholder, { text });
  else scope.problems.refuse('undecodable', span, template, { path: scope.path.join('.'), text });
  return text;
}

function printObject(value: Value, shape: Shape, scope: PrintScope): Json | undefined {
  if (shape.prints === 'external' && value instanceof Scalar) return printScalar(value, 'boolean', scope);
  if (isNull(value) || shape.map === undefined) return undefined;
  if (!(value instanceof Mapping)) return value instanceof Scalar ? value.text : undefined;
  const printed = Object.fromEntries(fields(value, shape.map, scope));
  return shape.map.capitalised === true ? capitalised(printed, shape.map) : printed;
}

function capitalised(printed: Readonly<Record<string, Json>>, { keys }: MapShape): Json {
  return Object.fromEntries(
    [...keys].map(([key, { prints }]) => [key.charAt(0).toUpperCase() + key.slice(1), printed[key] ?? ZEROS[prints] ?? '']),
  );
}

const ZEROS: Partial<Readonly<Record<Printer, Json>>> = { unsigned: 0, integer: 0, size: '0' };

export function fields(value: Mapping, { keys, always, nulls }: MapShape, scope: PrintScope): [string, Json][] {
  const printed: [string, Json][] = [];
  for (const [key, child] of keys) {
    const entry = value.entries.get(key);
    const json = entry === undefined ? undefined : at(key, scope, () => print(entry.value, child, scope));
    if (json !== undefined) printed.push([key, json]);
    else if (nulls?.includes(key) === true) printed.push([key, null]);
    else if (always?.includes(key) === true)
      printed.push([key, Object.fromEntries((child.map?.nulls ?? []).map((name) => [name, null]))]);
  }
  return printed;
}

function printNamed(value: Value, shape: Shape, scope: PrintScope): Json | undefined {
  const child = shape.map?.others?.shape;
  if (!(value instanceof Mapping) || child === undefined || value.entries.size === 0) return undefined;
  const printed = [...value.entries].sort(byKey).flatMap(([key, entry]): [string, Json][] => {
    if (isNull(entry.value)) return [[key, null]];
    const json = at(key, scope, () => print(entry.value, child, scope));
    return json === undefined ? [] : [[key, json]];
  });
  return Object.fromEntries(printed);
}

function printList(value: Value, shape: Shape, scope: PrintScope): Json | undefined {
  const items = shape.list?.items;
  if (!(value instanceof List) || items === undefined || value.items.length === 0) return undefined;
  return value.items.map((item, index) => at(String(index), scope, () => print(item, items, scope)) ?? null);
}

function at<T>(key: string, scope: PrintScope, run: () => T): T {
  scope.path.push(key);
  const result = run();
  scope.path.pop();
  return result;
}

function printScalar(value: Scalar, prints: Printer, scope: PrintScope): Json | undefined {
  switch (prints) {
    case 'string':
      if (value.type !== 'string' && value.type !== 'int') return undecodable(value, words.badValue, scope);
      return value.text === '' ? undefined : value.text;
    case 'boolean':
      return boolean(value, scope) || undefined;
    case 'kept-boolean':
      return boolean(value, scope);
    case 'integer':
    case 'unsigned':
      return number(value, prints === 'integer', scope) || undefined;
    case 'kept-integer':
    case 'kept-unsigned':
      return number(value, prints === 'kept-integer', scope);
    case 'float':
    case 'float32':
    case 'cpus':
      return fraction(value, scope) || undefined;
    case 'size':
      return size(value, scope);
    case 'duration':
    case 'kept-duration':
      return duration(value, prints === 'kept-duration', scope);
    case 'device-count':
      return deviceCount(value, scope);
    default:
      return prints === 'command' ? printCommand(value, scope) : value.text;
  }
}

function boolean(value: Scalar, scope: PrintScope): boolean | string {
  if (typeof value.value === 'boolean') return value.value;
  return (value.type === 'string' ? booleanOf(value.text) : undefined) ?? undecodable(value, words.badBoolean, scope);
}

function number(value: Scalar, signed: boolean, scope: PrintScope): number | string {
  if (typeof value.value === 'number' && Number.isFinite(value.value)) {
    if (signed || value.value >= 0) return Math.trunc(value.value);
  } else if (signed && value.type === 'string' && /^[-+]?\d+$/.test(value.text)) return Number(value.text);
  return undecodable(value, words.badNumber, scope);
}

function fraction(value: Scalar, scope: PrintScope): number | string {
  const parsed =
    typeof value.value === 'number'
      ? value.value
      : value.text.trim() === value.text && value.text !== ''
        ? Number(value.text)
        : NaN;
  return Number.isFinite(parsed) ? float32(parsed) : undecodable(value, words.badNumber, scope);
}

/** A fraction without quotes is dropped without a word, by the tool and so by us. */
function size(value: Scalar, scope: PrintScope): string | undefined {
  // Beyond a signed number the tool drops the value, as it does fractions.
  if (value.type === 'int') return value.value === 0 || BigInt(value.text) >= 2n ** 63n ? undefined : value.text;
  if (value.type !== 'string') return undefined;
  const parsed = parseSize(value.text);
  if (!parsed.ok) return undecodable(value, words.badSize, scope);
  return parsed.value === 0 ? undefined : BigInt(parsed.value).toString();
}

function duration(value: Scalar, keepZero: boolean, scope: PrintScope): string | undefined {
  const parsed = parseDuration(value.text);
  if (parsed === undefined) return undecodable(value, words.badDuration, scope);
  return parsed === 0 && !keepZero ? undefined : formatDuration(parsed);
}

function deviceCount(value: Scalar, scope: PrintScope): number | string | undefined {
  if (value.text.toLowerCase() === 'all') return -1;
  return number(value, true, scope) || undefined;
}

function timestamp(text: string): string {
  return text.replace(' ', 'T').replace(/ \+0000 UTC$/, 'Z');
}

export function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
