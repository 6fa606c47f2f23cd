import type { Value } from './model.ts';
import { byKey, undecodable, type Json, type PrintScope } from './print.ts';
import type { Printer, Shape } from './shape.ts';
import { splitWords } from './shell-words.ts';
import { text as words } from './text.ts';
import { isNull, List, Mapping, Scalar } from './value.ts';

type CollectionPrinter = (value: Value, shape: Shape, scope: PrintScope) => Json | undefined;

/** Lists and maps that the tool decodes in a way of their own. Empty ones vanish. */
export const collectionPrinters: Partial<Readonly<Record<Printer, CollectionPrinter>>> = {
  strings: (value, _shape, scope) => texts(value, scope, false),
  texts: (value, _shape, scope) => texts(value, scope, true),
  'string-list': (value, _shape, scope) =>
    value instanceof Scalar ? (isNull(value) ? undefined : [value.text]) : texts(value, scope, false),
  command: (value, _shape, scope) =>
    value instanceof List ? value.items.map((item) => text(item, scope)) : printCommand(value, scope),
  'health-test': (value, _shape, scope) => (value instanceof Scalar ? ['CMD-SHELL', value.text] : texts(value, scope, false)),
  labels: (value) => object(pairs(value).map(([name, part]) => [name, part?.text ?? ''])),
  mapping: (value) => object(pairs(value).map(([name, part]) => [name, part?.text ?? ''])),
  environment: (value) => object(pairs(value).map(([name, part]) => [name, part === undefined ? null : part.text])),
  options: (value) => object(pairs(value).map(([name, part]) => [name, part?.text ?? ''])),
  'string-map': (value, _shape, scope) =>
    object(pairs(value).map(([name, part]) => [name, part === undefined ? '' : text(part, scope)])),
  hosts,
  ssh: (value) => {
    const keys = value instanceof Mapping ? [...value.entries] : [];
    return keys.length === 0 ? undefined : keys.map(([name]) => name);
  },
  ulimits,
};

/** The text form of a command, in words. Undefined where none is given; an empty text is an empty command. */
export function printCommand(value: Value, scope: PrintScope): Json | undefined {
  if (!(value instanceof Scalar) || isNull(value)) return undefined;
  const split = splitWords(value.text);
  return split === undefined ? undecodable(value, words.badCommand, scope) : split.map((word) => word.text);
}

/** Names and values of a mapping, or of a list of `name=value`; undefined for a bare name. */
function pairs(value: Value): [string, Scalar | undefined][] {
  const found = new Map<string, Scalar | undefined>();
  if (value instanceof Mapping) {
    for (const [name, entry] of value.entries) {
      found.set(name, entry.value instanceof Scalar && !isNull(entry.value) ? entry.value : undefined);
    }
  } else if (value instanceof List) {
    for (const item of value.items) {
      if (!(item instanceof Scalar)) continue;
      const cut = item.text.indexOf('=');
      found.set(cut < 0 ? item.text : item.text.slice(0, cut), cut < 0 ? undefined : item.part(cut + 1, item.text.length));
    }
  }
  return [...found].sort(byKey);
}

function object(entries: readonly [string, Json][]): Json | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function text(value: Value, scope: PrintScope): string {
  if (value instanceof Scalar && (value.type === 'string' || value.type === 'int')) return value.text;
  return undecodable(value, words.badValue, scope);
}

function texts(value: Value, scope: PrintScope, any: boolean): Json | undefined {
  if (!(value instanceof List)) return undefined;
  if (value.items.length === 0) return undefined;
  return value.items.map((item) => (any && item instanceof Scalar ? item.text : text(item, scope)));
}

/** `name=address`, sorted, one for each address. */
function hosts(value: Value, _shape: Shape, scope: PrintScope): Json | undefined {
  const found: [string, string, Value][] = [];
  if (value instanceof Mapping) {
    for (const [name, entry] of value.entries) {
      const items = entry.value instanceof List ? entry.value.items : [entry.value];
      for (const item of items) found.push([name, item instanceof Scalar ? item.text : '', item]);
    }
  } else if (value instanceof List) {
    for (const item of value.items) found.push(...hostEntries(item, scope));
  }
  for (const [name, , item] of found) {
    if (name === '' || /[:=]/.test(name)) undecodable(item, words.badHost, scope);
  }
  const lines = found.map(([name, address]) => `${name}=${address.length > 2 ? address.replace(/^\[(.*)\]$/, '$1') : address}`);
  return lines.length === 0 ? undefined : lines.sort();
}

function hostEntries(item: Value, scope: PrintScope): [string, string, Value][] {
  const line = item instanceof Scalar ? item.text : '';
  const cut = line.includes('=') ? line.indexOf('=') : line.indexOf(':');
  if (cut >= 0)
    return line
      .slice(cut + 1)
      .split(',')
      .map((address) => [line.slice(0, cut), address, item]);
  undecodable(item, words.badHost, scope);
  return [];
}

function ulimits(value: Value): Json | undefined {
  if (!(value instanceof Mapping) || value.entries.size === 0) return undefined;
  const number = (part: Value | undefined) => (part instanceof Scalar && typeof part.value === 'number' ? part.value : 0);
  return Object.fromEntries(
    [...value.entries].sort(byKey).map(([name, { value: limit }]) => {
      if (limit instanceof Mapping) {
        const [soft, hard] = [number(limit.get('soft')), number(limit.get('hard'))];
        return [name, { ...(soft === 0 ? {} : { soft }), ...(hard === 0 ? {} : { hard }) }];
      }
      return [name, number(limit) === 0 ? {} : number(limit)];
    }),
  );
}
