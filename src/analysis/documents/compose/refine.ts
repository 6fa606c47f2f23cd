import { canonical } from './canonical.ts';
import type { Entry, Value } from './model.ts';
import type { Problems } from './problems.ts';
import type { JsonType, ListShape, MapShape, ScalarShape, Shape } from './shape.ts';
import { text as words } from './text.ts';
import { isPlaceholder, List, Mapping, Scalar, spansOf } from './value.ts';
import { withoutRepetition } from './unique.ts';

/**
 * What Compose does to a merged tree before anything else may rely on it: repetitions go, kinds are checked
 * against the table, short forms become long ones, and repetitions that this reveals go too. What doesn't fit is
 * reported and left as it is, so that the rest can still be looked at.
 */
export function refine(value: Value, shape: Shape, problems: Problems, emptied: ReadonlySet<Value> = new Set()): Value {
  return new Refiner(problems, emptied).visit(value, shape);
}

export class Refiner {
  readonly problems: Problems;
  /** All ports of one address fit; several times all of them would take seconds and say nothing. */
  portsLeft = 70_000;
  /** Lists without items that earlier documents left: where nothing rebuilds them, the tool takes them for null by now. */
  readonly #emptied: ReadonlySet<Value>;
  readonly #path: string[] = [];

  constructor(problems: Problems, emptied: ReadonlySet<Value>) {
    this.problems = problems;
    this.#emptied = emptied;
  }

  get where(): string {
    return this.#path.join('.');
  }

  visit(value: Value, shape: Shape): Value {
    if (value instanceof Scalar) return this.#scalar(value, shape);
    if (value instanceof List) return this.#list(value, shape);
    return value instanceof Mapping ? this.#map(value, shape) : value;
  }

  wrongKind(value: Value, shape: Shape): void {
    const [span] = spansOf(value);
    if (value instanceof Scalar && isPlaceholder(value.text))
      this.problems.refuse('placeholder', span, words.placeholder, { text: value.text });
    else this.problems.refuse('wrong-kind', span, words.wrongKind, { path: this.where, expected: expected(shape) });
  }

  #scalar(value: Scalar, shape: Shape): Value {
    if (shape.scalar === undefined || !accepts(shape.scalar, value)) {
      this.wrongKind(value, shape);
      return value;
    }
    const { oneOf, range } = shape.scalar;
    if (oneOf !== undefined && value.type === 'string' && !oneOf.includes(value.text)) {
      this.problems.refuse('not-one-of', value.span, words.notOneOf, { path: this.where, choices: oneOf.join(', ') });
    }
    if (range !== undefined && typeof value.value === 'number' && (value.value < range[0] || value.value > range[1])) {
      this.problems.refuse('out-of-range', value.span, words.outOfRange, {
        path: this.where,
        minimum: range[0],
        maximum: range[1],
      });
    }
    return shape.canonical === undefined ? value : canonical(value, shape.canonical, this);
  }

  #list(value: List, shape: Shape): Value {
    if (shape.list === undefined) {
      this.wrongKind(value, shape);
      return value;
    }
    if (
      this.#emptied.has(value) &&
      shape.unique === undefined &&
      shape.canonical === undefined &&
      shape.scalar?.accepts.includes('null') !== true
    )
      this.wrongKind(value, shape);
    if (shape.unique === 'exposed') this.#checkWhole(value);
    const distinct = shape.unique === undefined ? value.items : withoutRepetition(value.items, shape.unique);
    if (shape.list.distinct) this.#checkDistinct(distinct);
    const items = this.#items(distinct, shape.list);
    const list = items === value.items ? value : new List(items, value.spans);
    const long = shape.canonical === undefined ? list : canonical(list, shape.canonical, this);
    if (shape.unique === undefined || !(long instanceof List)) return long;
    const final = withoutRepetition(long.items, shape.unique);
    return final === long.items ? long : new List(final, long.spans);
  }

  /** The table takes any number here; the tool then chokes on fractions. */
  #checkWhole(list: List): void {
    for (const item of list.items) {
      if (item instanceof Scalar && item.type === 'float')
        this.problems.refuse('bad-port', item.span, words.badPort, { text: item.text, reason: 'fraction' });
    }
  }

  #items(items: readonly Value[], shape: ListShape): readonly Value[] {
    let changed: Value[] | undefined;
    for (const [index, item] of items.entries()) {
      this.#path.push(String(index));
      const refined = this.visit(item, shape.items);
      this.#path.pop();
      if (refined !== item) changed ??= [...items];
      if (changed !== undefined) changed[index] = refined;
    }
    return changed ?? items;
  }

  #checkDistinct(items: readonly Value[]): void {
    const seen = new Set<string>();
    for (const item of items) {
      if (!(item instanceof Scalar)) continue;
      const key = `${item.type === 'string' ? '"' : ''}${item.text}`;
      if (seen.has(key))
        this.problems.refuse('not-distinct', item.span, words.notDistinct, { path: this.where, text: item.text });
      seen.add(key);
    }
  }

  #map(value: Mapping, shape: Shape): Value {
    const { map } = shape;
    if (map === undefined) {
      this.wrongKind(value, shape);
      return value;
    }
    let changed: Map<string, Entry> | undefined;
    for (const [key, entry] of value.entries) {
      const child = map.keys.get(key) ?? this.#other(map, key, entry);
      if (child === undefined) continue;
      this.#path.push(key);
      const refined = this.visit(entry.value, child);
      this.#path.pop();
      if (refined !== entry.value) (changed ??= new Map(value.entries)).set(key, { key: entry.key, value: refined });
    }
    for (const key of map.required ?? []) {
      if (!value.entries.has(key))
        this.problems.refuse('missing-key', value.spans[0], words.missingKey, { path: this.where, key });
    }
    const refined = changed === undefined ? value : new Mapping(changed, value.spans);
    return shape.canonical === undefined ? refined : canonical(refined, shape.canonical, this);
  }

  #other(map: MapShape, key: string, entry: Entry): Shape | undefined {
    if (map.others?.pattern.test(key) === true) return map.others.shape;
    if (map.open === true || (map.extensible && key.startsWith('x-'))) return undefined;
    const template = map.others === undefined ? words.unknownKey : words.badName;
    if (isPlaceholder(key) || /[{}<>%]/.test(key))
      this.problems.refuse('placeholder', entry.key, words.placeholder, { text: key });
    else this.problems.refuse('unknown-key', entry.key, template, { path: this.where === '' ? 'compose' : this.where, key });
    return map.others?.shape;
  }
}

function accepts({ accepts: types }: ScalarShape, { type, value }: Scalar): boolean {
  switch (type) {
    case 'string':
    case 'timestamp':
      return types.includes('string');
    case 'bool':
      return types.includes('boolean');
    case 'null':
      return types.includes('null');
    case 'int':
      return types.includes('integer') || types.includes('number');
    case 'float':
      return types.includes('number') || (types.includes('integer') && Number.isInteger(value));
  }
}

const KIND_WORDS: Readonly<Record<JsonType, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'empty',
};

function expected({ scalar, map, list }: Shape): string {
  const kinds = (scalar?.accepts ?? []).map((type) => KIND_WORDS[type]);
  if (map !== undefined) kinds.push('a mapping');
  if (list !== undefined) kinds.push('a list');
  return kinds.join(', ');
}
