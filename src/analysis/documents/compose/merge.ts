import { dependencies } from './canonical.ts';
import type { Entry, Value } from './model.ts';
import type { Problems } from './problems.ts';
import { childShape, type MergeRule, type Shape } from './shape.ts';
import { text as words } from './text.ts';
import { replacing } from './unique.ts';
import { asMapping, derived, isNull, List, Mapping, Scalar, spansOf } from './value.ts';

/**
 * One file over another, or a service over what it extends. Mappings merge key by key, lists grow, scalars are
 * replaced; the table says where that is not so.
 */
export function merge(base: Value, over: Value, shape: Shape | undefined, problems: Problems, path = ''): Value {
  if (shape?.merge !== undefined) return bySpecialRule(base, over, shape, shape.merge, problems, path);
  if (isNull(over)) return base;
  if (base instanceof Mapping) {
    if (over instanceof Mapping) return mergeMappings(base, over, shape, problems, path);
    return cannot(base, over, problems, path);
  }
  if (base instanceof List) {
    if (over instanceof List) return new List([...base.items, ...over.items], [...over.spans, ...base.spans]);
    return cannot(base, over, problems, path);
  }
  return replacing(base, over);
}

export function mergeMappings(base: Mapping, over: Mapping, shape: Shape | undefined, problems: Problems, path: string): Mapping {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key);
    if (before === undefined || key.startsWith('x-')) entries.set(key, entry);
    else {
      const below = path === '' ? key : `${path}.${key}`;
      entries.set(key, { key: entry.key, value: merge(before.value, entry.value, childShape(shape, key), problems, below) });
    }
  }
  return new Mapping(entries, [...over.spans, ...base.spans]);
}

function bySpecialRule(base: Value, over: Value, shape: Shape, rule: MergeRule, problems: Problems, path: string): Value {
  switch (rule) {
    case 'replace':
    case 'ulimit':
      return replacing(base, over);
    case 'sequence':
      return joined(asSequence(base), asSequence(over), base, over);
    case 'hosts': {
      const before = asSequence(base);
      const known = new Set(before.map((item) => (item instanceof Scalar ? item.text : '')));
      return joined(
        before,
        asSequence(over).filter((item) => !(item instanceof Scalar && known.has(item.text))),
        base,
        over,
      );
    }
    case 'build':
      return mergeMappings(asBuild(base), asBuild(over), shape, problems, path);
    case 'dependencies':
    case 'networks':
      return mergeMappings(asKeyed(base, rule), asKeyed(over, rule), shape, problems, path);
    case 'logging':
      return mergeLogging(base, over, shape, problems, path);
    case 'address-pools':
      return mergePools(base, over, shape, problems, path);
  }
}

function cannot(base: Value, over: Value, problems: Problems, path: string): Value {
  problems.refuse('cannot-merge', spansOf(over)[0], words.cannotMerge, { path });
  return base;
}

function joined(before: readonly Value[], after: readonly Value[], base: Value, over: Value): List {
  return new List([...before, ...after], [...spansOf(over), ...spansOf(base)]);
}

/** Key by key as `key=value`, sorted, which is what the tool makes of a mapping that meets a list. */
function asSequence(value: Value): readonly Value[] {
  if (value instanceof List) return value.items;
  if (value instanceof Scalar) return value.type === 'string' ? [value] : [];
  if (!(value instanceof Mapping)) return [];
  const items: Scalar[] = [];
  for (const [name, entry] of value.entries) {
    const values = entry.value instanceof List ? entry.value.items : [entry.value];
    for (const part of values) items.push(asPair(name, entry, part));
  }
  return items.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

function asPair(name: string, { key }: Entry, part: Value): Scalar {
  const value = part instanceof Scalar && part.type !== 'null' ? part : undefined;
  const text = value === undefined ? name : `${name}=${value.text}`;
  return derived(part, text).with({ pair: { name, key, value } });
}

function asBuild(value: Value): Mapping {
  if (value instanceof Mapping) return value;
  const entries = value instanceof Scalar && value.type === 'string' ? [['context', { key: value.span, value }] as const] : [];
  return new Mapping(new Map(entries), spansOf(value));
}

function asKeyed(value: Value, rule: 'dependencies' | 'networks'): Mapping {
  if (value instanceof Mapping) return value;
  if (!(value instanceof List)) return new Mapping(new Map(), spansOf(value));
  if (rule === 'dependencies') return asMapping(dependencies(value)) ?? new Mapping(new Map(), value.spans);
  const entries = value.items.flatMap((item) =>
    item instanceof Scalar
      ? [[item.text, { key: item.span, value: derived(item, '').with({ type: 'null', value: null }) }] as const]
      : [],
  );
  return new Mapping(new Map(entries), value.spans);
}

/** Options of one driver mean nothing to another: they merge only where both name the same one, or one names none. */
function mergeLogging(base: Value, over: Value, shape: Shape, problems: Problems, path: string): Value {
  if (!(base instanceof Mapping) || !(over instanceof Mapping)) return cannot(base, over, problems, path);
  const [before, after] = [base.get('driver'), over.get('driver')];
  const same = before === undefined || after === undefined || textOf(before) === textOf(after);
  return same ? mergeMappings(base, over, shape, problems, path) : over;
}

function mergePools(base: Value, over: Value, shape: Shape, problems: Problems, path: string): Value {
  if (!(base instanceof List) || !(over instanceof List)) return cannot(base, over, problems, path);
  const pools: Mapping[] = [];
  const subnet = (pool: Mapping) => textOf(pool.get('subnet'));
  for (const original of base.items) {
    for (const override of over.items) {
      if (!(original instanceof Mapping) || !(override instanceof Mapping)) continue;
      if (subnet(original) !== subnet(override) && !pools.some((pool) => subnet(pool) === subnet(override))) {
        pools.push(override);
        continue;
      }
      const merged = mergeMappings(original, override, shape.list?.items, problems, path);
      const place = pools.findIndex((pool) => subnet(pool) === subnet(merged));
      if (place >= 0) pools[place] = merged;
      else pools.push(merged);
    }
  }
  return new List(pools, [...over.spans, ...base.spans]);
}

function textOf(value: Value | undefined): string | undefined {
  return value instanceof Scalar ? value.text : undefined;
}
