import { span as spanBetween, type Span } from '../../../base/span.ts';
import type { Located, Origin } from '../located.ts';
import type { SourceText } from '../source.ts';
import type { ScalarStyle, YamlScalar } from '../yaml-tree.ts';
import { goFloat } from './go-format.ts';
import type { Entry, ListValue, MapValue, ScalarValue, Value } from './model.ts';
import type { ScalarType, TypedScalar } from './scalar-type.ts';

/*
 * The tree that resolving works on is the tree that it hands out: the classes here are the interfaces of the
 * model, with what the steps need beside them. Spans and origins are made on demand, since most of a hundred
 * thousand values are never asked for theirs. Steps make new nodes instead of changing old ones: aliases and
 * `extends` share them.
 */

/** What substitution put into a scalar, and where it came from. */
export interface Substitution {
  readonly origins: readonly Origin[];
  /** Up to here the characters are the file's own, one to one. */
  readonly exactUntil: number;
  /** Some variable had no value: Compose makes it empty, we don't know it. */
  readonly unset: boolean;
}

interface ScalarParts {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle | 'derived';
  readonly type: ScalarType;
  readonly value: string | number | boolean | null | undefined;
  readonly text: string;
  readonly substitution: Substitution | undefined;
  /** What this one replaced, nearest first. */
  readonly earlier: readonly Value[] | undefined;
  /** Set where this text was made of a key and its value: `A: 1` merged into a list as `A=1`. */
  readonly pair?: KeyedValue | undefined;
}

export interface KeyedValue {
  readonly name: string;
  readonly key: Span;
  /** Undefined for a bare name, whose value comes from the environment. */
  readonly value: Scalar | undefined;
}

export class Scalar implements ScalarValue, ScalarParts {
  readonly kind = 'scalar';
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle | 'derived';
  readonly type: ScalarType;
  readonly value: string | number | boolean | null | undefined;
  readonly text: string;
  readonly substitution: Substitution | undefined;
  readonly earlier: readonly Value[] | undefined;
  readonly pair: KeyedValue | undefined;

  constructor(parts: ScalarParts) {
    this.source = parts.source;
    this.start = parts.start;
    this.end = parts.end;
    this.style = parts.style;
    this.type = parts.type;
    this.value = parts.value;
    this.text = parts.text;
    this.substitution = parts.substitution;
    this.earlier = parts.earlier;
    this.pair = parts.pair;
  }

  get span(): Span {
    return spanBetween(this.source.file, this.start, this.end);
  }

  get spans(): readonly [Span, ...Span[]] {
    return [this.span, ...(this.earlier ?? []).flatMap((value) => spansOf(value))];
  }

  get located(): Located<string> {
    return locate(this, this.known ? this.text : undefined);
  }

  /** Whether the value can be taken at its word: no variable in it was unset, and it is more than a template's hole. */
  get known(): boolean {
    return this.type !== 'null' && this.substitution?.unset !== true && !isPlaceholder(this.text);
  }

  get origins(): readonly Origin[] {
    const written: Origin = { kind: 'written', span: this.span, text: this.source.text.slice(this.start, this.end) };
    return this.substitution === undefined ? [written] : [written, ...this.substitution.origins];
  }

  /** The place of a part of the text: exact where file and value run one to one, else the whole scalar. */
  inner(from: number, to: number): Span {
    const at = this.#textStart(to);
    return at === undefined ? this.span : spanBetween(this.source.file, at + from, at + to);
  }

  /** A part of the text as a value of its own, at its own place where it has one. */
  part(from: number, to: number): Scalar {
    const text = this.text.slice(from, to);
    const at = this.#textStart(to);
    const whole = { ...(this as ScalarParts), type: 'string' as const, value: text, text, pair: undefined };
    if (at === undefined) return new Scalar({ ...whole, style: 'derived' });
    return new Scalar({ ...whole, style: 'plain', start: at + from, end: at + to, substitution: undefined });
  }

  with(changes: Partial<Pick<ScalarParts, 'type' | 'value' | 'text' | 'earlier' | 'pair' | 'substitution'>>): Scalar {
    const derived = changes.text !== undefined && changes.text !== this.text;
    return new Scalar({ ...(this as ScalarParts), ...changes, style: derived ? 'derived' : this.style });
  }

  styled(style: ScalarParts['style']): Scalar {
    return new Scalar({ ...(this as ScalarParts), style });
  }

  /** Where the text begins in the file, if it runs one to one with the file's characters up to `to`. */
  #textStart(to: number): number | undefined {
    if (this.style === 'derived' || this.style === 'literal' || this.style === 'folded') return undefined;
    if (this.substitution !== undefined && to > this.substitution.exactUntil) return undefined;
    const at = this.style === 'plain' || this.style === 'missing' ? this.start : this.start + 1;
    return this.source.text.startsWith(this.text.slice(0, to), at) ? at : undefined;
  }
}

export class List implements ListValue {
  readonly kind = 'list';
  readonly items: readonly Value[];
  readonly spans: readonly [Span, ...Span[]];

  constructor(items: readonly Value[], spans: readonly [Span, ...Span[]]) {
    this.items = items;
    this.spans = spans;
  }
}

export class Mapping implements MapValue {
  readonly kind = 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly spans: readonly [Span, ...Span[]];

  constructor(entries: ReadonlyMap<string, Entry>, spans: readonly [Span, ...Span[]]) {
    this.entries = entries;
    this.spans = spans;
  }

  get(key: string): Value | undefined {
    return this.entries.get(key)?.value;
  }

  with(key: string, entry: Entry): Mapping {
    return new Mapping(new Map(this.entries).set(key, entry), this.spans);
  }

  without(key: string): Mapping {
    if (!this.entries.has(key)) return this;
    const entries = new Map(this.entries);
    entries.delete(key);
    return new Mapping(entries, this.spans);
  }
}

export function scalarFrom(source: SourceText, node: YamlScalar, typed: TypedScalar): Scalar {
  const { start, end, style } = node;
  const text = typed.type === 'string' ? String(typed.value) : (typed.digits ?? goText(typed));
  return new Scalar({
    source,
    start,
    end,
    style,
    type: typed.type,
    value: typed.value,
    text,
    substitution: undefined,
    earlier: undefined,
  });
}

/** A text that stands nowhere by itself but follows from what stands at the place of another value. */
export function derived(from: Value, text: string): Scalar {
  const [at] = spansOf(from);
  const place =
    from instanceof Scalar
      ? from
      : { source: { file: at.file, text: '' }, start: at.start, end: at.end, substitution: undefined };
  const { source, start, end, substitution } = place;
  return new Scalar({
    source,
    start,
    end,
    style: 'derived',
    type: 'string',
    value: text,
    text,
    substitution,
    earlier: undefined,
  });
}

export function derivedBoolean(from: Value, value: boolean): Scalar {
  return derived(from, String(value)).with({ type: 'bool', value });
}

export function spansOf(value: Value): readonly [Span, ...Span[]] {
  return value instanceof Scalar ? value.spans : value.kind === 'scalar' ? value.located.spans : value.spans;
}

export function locate<T>(scalar: Scalar, value: T | undefined, key?: Span): Located<T> {
  const { text, spans, origins } = scalar;
  return key === undefined ? { value, text, spans, origins } : { value, text, spans, origins, key };
}

/** As Go's `%v` prints it; the tool turns every value of an environment or a label into text this way. */
export function goText({ type, value }: { readonly type: ScalarType; readonly value: Scalar['value'] }): string {
  if (value === null || value === undefined) return '';
  if (type === 'float') return goFloat(Number(value));
  return type === 'int' ? wholeText(Number(value)) : String(value);
}

/** A hole that some template engine or script fills in before Compose sees the file. */
export function isPlaceholder(text: string): boolean {
  return /^(?:\{\{.*\}\}|\{[A-Za-z_][\w.-]*\}|<[A-Za-z_][\w. -]*>|%[A-Za-z_]\w*%|@[A-Za-z_]\w*@)$/s.test(text);
}

export function asMapping(value: Value | undefined): Mapping | undefined {
  return value instanceof Mapping ? value : undefined;
}

export function asList(value: Value | undefined): List | undefined {
  return value instanceof List ? value : undefined;
}

export function asScalar(value: Value | undefined): Scalar | undefined {
  return value instanceof Scalar ? value : undefined;
}

export function isNull(value: Value | undefined): boolean {
  return value instanceof Scalar && value.type === 'null';
}

function wholeText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString();
}
