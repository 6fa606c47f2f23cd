import type { Message } from '../../base/message.ts';
import type { FileId, Span } from '../../base/span.ts';
import type { SourceText } from './source.ts';

/** How a file is written where a new part of it gives no hint of its own. */
export interface YamlHabits {
  /** How much further right a nested map stands, and a list's dashes. */
  readonly step: number;
  readonly dash: number;
  readonly quote: 'single' | 'double';
}

/**
 * A YAML file as written: nothing typed, nothing expanded, every place kept. Offsets are plain numbers because a
 * large file has a hundred thousand nodes; `spanOf` makes a span of one where it is needed.
 */
export interface YamlFile extends ParsedYaml {
  /** Looked up once a file: at 100 services, asking the whole file for each fix took longer than all rules. */
  readonly habits: () => YamlHabits;
}

export interface ParsedYaml {
  readonly source: SourceText;
  readonly documents: readonly YamlDocument[];
  /** Every comment of the file in order, `#` included. */
  readonly comments: readonly YamlComment[];
  /** Syntax only. All of them are errors for Compose's YAML library too. */
  readonly problems: readonly YamlProblem[];
  /** Set where the text was not looked at because it is too large. */
  readonly skipped: boolean;
}

export interface YamlDocument {
  /** Undefined where the document holds nothing but comments. */
  readonly root: YamlNode | undefined;
  readonly start: number;
  readonly end: number;
}

export interface YamlComment {
  readonly start: number;
  readonly end: number;
}

export interface YamlProblem {
  readonly code: string;
  readonly message: Message;
  readonly span: Span;
}

export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias;

interface Placed {
  /** Of the value itself, quotes or brackets included; tag and anchor stand before it. */
  readonly start: number;
  readonly end: number;
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
  /** Where the tag or anchor begins; equals `start` without either. */
  readonly outerStart: number;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded' | 'missing';

export interface YamlScalar extends Placed {
  readonly kind: 'scalar';
  /** The characters that the scalar stands for: quotes removed, escapes and folding undone. */
  readonly text: string;
  /** `missing`: nothing is written there; the span is empty, right after the colon or dash. */
  readonly style: ScalarStyle;
}

export interface YamlMap extends Placed {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** The offset of the colon; undefined where there is none (`{a, b}`). */
  readonly colon: number | undefined;
}

export interface YamlList extends Placed {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
  /** The offset of each item's dash, for block lists. */
  readonly dashes: readonly number[];
}

export interface YamlAlias extends Placed {
  readonly kind: 'alias';
  readonly name: string;
  /** Undefined where no such anchor came before, or where it would hold itself. */
  readonly target: YamlNode | undefined;
}

export function spanOf(file: FileId, node: { readonly start: number; readonly end: number }): Span {
  return { file, start: node.start, end: node.end };
}

/** Whether the comment has its line to itself: such a one speaks about what follows it. */
export function onItsOwnLine(text: string, comment: YamlComment): boolean {
  let at = comment.start - 1;
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at--;
  return at < 0 || text[at] === '\n' || text[at] === '\r' || text[at] === '\uFEFF';
}

/** The value of a key as written, or undefined. The last of several wins, as it does for most readers. */
export function pairOf(map: YamlNode | undefined, key: string): YamlPair | undefined {
  return map?.kind === 'map' ? map.pairs.findLast((pair) => pair.key.kind === 'scalar' && pair.key.text === key) : undefined;
}
