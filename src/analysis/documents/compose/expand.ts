import { span as spanBetween, type Span } from '../../../base/span.ts';
import type { SourceText } from '../source.ts';
import {
  spanOf,
  type YamlAlias,
  type YamlList,
  type YamlMap,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
} from '../yaml-tree.ts';
import { castText } from './cast.ts';
import type { Lookup } from './interpolate.ts';
import type { Entry, Value } from './model.ts';
import type { Problems } from './problems.ts';
import { typePlain, typeTagged, type TypedScalar } from './scalar-type.ts';
import { childShape, type Shape } from './shape.ts';
import { substitute } from './substitute.ts';
import { text as words } from './text.ts';
import { List, Mapping, scalarFrom, type Scalar } from './value.ts';

/** Enough for 150 uses of a block of a thousand values; an alias bomb reaches it within 0.2 s. */
const MOST_ALIASED = 200_000;
const DEEPEST = 400;

export interface Expanded {
  readonly root: Value | undefined;
  /** The places that `!reset` and `!override` name: what earlier files wrote there is forgotten. */
  readonly resets: readonly (readonly string[])[];
}

/**
 * From one document as written to values: aliases and merge keys followed, scalars typed, variables put in.
 * `$` substitution happens before files are merged, so what `extends` and overrides see is final text.
 */
export function expand(
  source: SourceText,
  root: YamlNode | undefined,
  shape: Shape,
  lookup: Lookup,
  problems: Problems,
): Expanded {
  if (root === undefined) return { root: undefined, resets: [] };
  const expander = new Expander(source, lookup, problems);
  return { root: expander.value(root, shape), resets: expander.resets };
}

class Expander {
  readonly resets: string[][] = [];
  readonly #source: SourceText;
  readonly #lookup: Lookup;
  readonly #problems: Problems;
  readonly #path: string[] = [];
  #aliasDepth = 0;
  #aliased = 0;
  #depth = 0;

  constructor(source: SourceText, lookup: Lookup, problems: Problems) {
    this.#source = source;
    this.#lookup = lookup;
    this.#problems = problems;
  }

  /** Undefined where `!reset` removes the value, or where there is too much of it. */
  value(node: YamlNode, shape: Shape | undefined): Value | undefined {
    if (this.#aliasDepth > 0 && this.#tooMuch(node)) return undefined;
    if (node.tag === '!reset') {
      this.resets.push([...this.#path]);
      return undefined;
    }
    if (node.tag === '!override') this.resets.push([...this.#path]);
    switch (node.kind) {
      case 'scalar':
        return this.#scalar(node, shape);
      case 'alias':
        return this.#alias(node, shape);
      case 'list':
        return this.#nested(() => this.#list(node, shape));
      case 'map':
        return this.#placeholder(node, shape) ?? this.#nested(() => this.#map(node, shape));
    }
  }

  #tooMuch(node: YamlNode): boolean {
    if (++this.#aliased <= MOST_ALIASED) return false;
    this.#problems.refuse('too-many-aliases', spanBetween(this.#source.file, 0, 0), words.tooManyAliases, {
      at: node.start - node.start,
    });
    return true;
  }

  #nested(build: () => Value): Value | undefined {
    if (this.#depth >= DEEPEST) {
      this.#problems.refuse('too-deep', spanBetween(this.#source.file, 0, 0), words.tooDeep);
      return undefined;
    }
    this.#depth++;
    const value = build();
    this.#depth--;
    return value;
  }

  #alias(node: YamlAlias, shape: Shape | undefined): Value | undefined {
    if (node.target === undefined) return scalarFrom(this.#source, missingAt(node), { type: 'null', value: null });
    this.#aliasDepth++;
    const value = this.value(node.target, shape);
    this.#aliasDepth--;
    return value;
  }

  #list(node: YamlList, shape: Shape | undefined): Value {
    const items: Value[] = [];
    for (const [index, item] of node.items.entries()) {
      this.#path.push(String(index));
      const value = this.value(item, shape?.list?.items);
      this.#path.pop();
      if (value !== undefined) items.push(value);
    }
    return new List(items, [spanOf(this.#source.file, node)]);
  }

  #map(node: YamlMap, shape: Shape | undefined): Value {
    const entries = new Map<string, Entry>();
    this.#fill(entries, node, shape);
    return new Mapping(entries, [spanOf(this.#source.file, node)]);
  }

  /** Own keys first, then what is merged in: whoever comes first keeps the key. */
  #fill(entries: Map<string, Entry>, node: YamlMap, shape: Shape | undefined): void {
    let merged: YamlPair | undefined;
    for (const pair of node.pairs) {
      if (isMergeKey(pair.key)) merged = pair;
      else this.#pair(entries, pair, shape);
    }
    if (merged !== undefined) this.#mergeIn(entries, merged.value, shape, true);
  }

  #pair(entries: Map<string, Entry>, pair: YamlPair, shape: Shape | undefined): void {
    const key = this.#key(pair.key);
    if (entries.has(key) && this.#aliasDepth > 0) return;
    this.#path.push(key);
    const value = this.value(pair.value, childShape(shape, key));
    this.#path.pop();
    if (value !== undefined && !entries.has(key)) entries.set(key, { key: spanOf(this.#source.file, pair.key), value });
  }

  #mergeIn(entries: Map<string, Entry>, node: YamlNode, shape: Shape | undefined, lists: boolean): void {
    const target = node.kind === 'alias' ? node.target : node;
    if (target?.kind === 'map') {
      if (this.#depth >= DEEPEST || this.#tooMuch(target)) return;
      this.#depth++;
      this.#aliasDepth++;
      this.#fill(entries, target, shape);
      this.#aliasDepth--;
      this.#depth--;
    } else if (target?.kind === 'list' && lists) {
      for (const item of target.items) this.#mergeIn(entries, item, shape, false);
    } else if (target !== undefined) {
      this.#problems.refuse('merge-not-a-mapping', spanOf(this.#source.file, node), words.mergeNotAMapping);
    }
  }

  #key(node: YamlNode): string {
    const target = node.kind === 'alias' ? node.target : node;
    const span = spanOf(this.#source.file, node);
    if (target?.kind !== 'scalar') {
      const text = this.#source.text.slice(span.start, span.end);
      this.#problems.refuse('non-string-key', span, words.nonStringKey, { key: text });
      return text;
    }
    const typed = this.#typed(target);
    if (typed.type !== 'string') this.#problems.refuse('non-string-key', span, words.nonStringKey, { key: target.text });
    return target.text;
  }

  #typed(node: YamlScalar): TypedScalar {
    if (node.tag === undefined || node.tag === '!') {
      return node.style === 'plain' || node.style === 'missing' ? typePlain(node.text) : { type: 'string', value: node.text };
    }
    const typed = typeTagged(node.tag, node.text);
    if (typed !== undefined) return typed;
    this.#problems.refuse('bad-tag', spanOf(this.#source.file, node), words.badTag, { text: node.text, tag: node.tag });
    return { type: 'string', value: node.text };
  }

  #scalar(node: YamlScalar, shape: Shape | undefined): Value {
    const typed = this.#typed(node);
    const written = scalarFrom(this.#source, node, typed);
    // What `!!binary` unpacks stands nowhere in the file.
    const raw = typed.type === 'string' && typed.value !== node.text ? written.styled('derived') : written;
    if (typed.type === 'float' && !Number.isFinite(typed.value)) {
      this.#problems.refuse('not-finite', raw.span, words.badNumber, { path: this.#where(), text: raw.text });
    }
    if (typed.type !== 'string') return raw;
    const filled = raw.text.includes('$') ? substitute(raw, this.#lookup, this.#problems, () => this.#where()) : raw;
    const cast = shape?.scalar?.cast;
    return cast === undefined ? filled : castText(filled, cast, () => this.#where(), this.#problems);
  }

  #where(): string {
    return this.#path.join('.');
  }

  /** `{{ x }}` and `{NAME}` are flow mappings to YAML; where text belongs, they are some template's holes. */
  #placeholder(node: YamlMap, shape: Shape | undefined): Scalar | undefined {
    if (!node.flow) return undefined;
    const text = this.#source.text.slice(node.start, node.end);
    const hole =
      text.startsWith('{{') || (shape?.map === undefined && shape?.scalar !== undefined && /^\{[A-Za-z_]\w*\}$/.test(text));
    if (!hole) return undefined;
    const span: Span = spanOf(this.#source.file, node);
    this.#problems.refuse('placeholder', span, words.placeholder, { text });
    const { start, end, tag, anchor, outerStart } = node;
    return scalarFrom(
      this.#source,
      { kind: 'scalar', start, end, tag, anchor, outerStart, text, style: 'plain' },
      { type: 'string', value: text },
    );
  }
}

function isMergeKey(key: YamlNode): boolean {
  return (
    key.kind === 'scalar' &&
    key.text === '<<' &&
    key.style === 'plain' &&
    (key.tag === undefined || key.tag === '!' || key.tag === '!!merge')
  );
}

function missingAt({ start, end, outerStart }: YamlAlias): YamlScalar {
  return { kind: 'scalar', start, end, outerStart, tag: undefined, anchor: undefined, text: '', style: 'plain' };
}
