import type { Value } from './model.ts';
import type { UniqueRule } from './shape.ts';
import { Mapping, Scalar } from './value.ts';
import { parseVolume } from './volumes.ts';

/**
 * Entries of a list that mean the same thing: the later one takes the place of the earlier. The key says what
 * "the same" is; undefined stands for an entry that Compose would choke on, which stays as it is.
 */
export function withoutRepetition(items: readonly Value[], rule: UniqueRule): readonly Value[] {
  if (items.length < 2) return items;
  const kept: Value[] = [];
  const places = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item, rule);
    const place = key === undefined ? undefined : places.get(key);
    if (place === undefined) {
      if (key !== undefined) places.set(key, kept.length);
      kept.push(item);
    } else {
      kept[place] = replacing(kept[place], item);
    }
  }
  return kept.length === items.length ? items : kept;
}

/** A scalar remembers what it replaced, so that its origins can be told. */
export function replacing(earlier: Value | undefined, value: Value): Value {
  if (!(value instanceof Scalar) || earlier === undefined || earlier === value) return value;
  return value.with({ earlier: [earlier, ...(value.earlier ?? [])] });
}

function keyOf(item: Value, rule: UniqueRule): string | undefined {
  if (item instanceof Scalar) return scalarKey(item, rule);
  return item instanceof Mapping ? mappingKey(item, rule) : undefined;
}

function scalarKey(item: Scalar, rule: UniqueRule): string | undefined {
  const { text } = item;
  switch (rule) {
    case 'name':
      return text.split('=', 1)[0];
    case 'target':
      return parseVolume(item).target?.text;
    case 'device': {
      const parts = text.split(':');
      return parts[1] ?? parts[0];
    }
    case 'secret':
      return `/run/secrets/${text}`;
    case 'config':
      return `/${text}`;
    default:
      return text;
  }
}

function mappingKey(item: Mapping, rule: UniqueRule): string | undefined {
  const at = (key: string) => textAt(item, key);
  switch (rule) {
    case 'target':
    case 'device':
      return at('target');
    case 'port': {
      const published = item.get('published');
      // A number and a text are two things to the tool, even where they read the same.
      const type = published instanceof Scalar && published.type === 'int' ? 'int=' : '';
      return `${at('host_ip') ?? '0.0.0.0'}:${type}${at('published') ?? ''}:${at('target') ?? ''}/${at('protocol') ?? 'tcp'}`;
    }
    case 'env-file':
      return at('path');
    case 'secret':
      return at('target') ?? `/run/secrets/${at('source') ?? ''}`;
    case 'config':
      return at('target') ?? `/${at('source') ?? ''}`;
    default:
      return undefined;
  }
}

function textAt(map: Mapping, key: string): string | undefined {
  const value = map.get(key);
  return value instanceof Scalar ? value.text : undefined;
}
