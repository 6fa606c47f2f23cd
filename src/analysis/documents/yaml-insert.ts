import type { TextEdit } from '../../base/edit.ts';
import { span } from '../../base/span.ts';
import { columnOf, isFirstOnLine, lineBreak, lineEnd, lineStart, nextLine } from './yaml-layout.ts';
import {
  blockItem,
  blockMap,
  blockPair,
  flowPair,
  flowValue,
  isList,
  isMap,
  type BlockStyle,
  type NewValue,
} from './yaml-render.ts';
import type { YamlFile, YamlList, YamlMap, YamlNode, YamlPair } from './yaml-tree.ts';

/** Where an empty value stands: in which map or list, and whether inside brackets. */
export interface Holder {
  readonly value: YamlNode;
  readonly flow: boolean;
  readonly map?: YamlNode;
}

/** Adds an entry to a map or list that has some, or to one in brackets. */
export function insertEntry(
  file: YamlFile,
  into: YamlMap | YamlList,
  key: string | undefined,
  value: NewValue,
  style: BlockStyle,
  after: readonly string[] = [],
): readonly TextEdit[] {
  if (into.flow) return [insertInBrackets(file, into, key, value, style, after)];
  const { text } = file.source;
  const column = into.kind === 'list' ? columnOf(text, into.dashes[0] ?? into.start) : columnOf(text, into.start);
  const lines = key === undefined ? blockItem(value, column, style) : blockPair(key, value, column, style);
  const entries = entriesOf(into);
  const index = placeAfter(into, after);
  const end = endOfEntry(file, entries[index]?.end ?? into.end, entries[index]?.node, column);
  if (end !== undefined) return [edit(file, end.at, end.at, onLines(text, lines, end))];
  // A block text at the very end, without a line break: behind it, it would gain one. Go before it instead.
  const start = entries[index]?.start ?? into.start;
  return [edit(file, start, start, `${lines.join(lineBreak(text)).trimStart()}${lineBreak(text)}${' '.repeat(column)}`)];
}

/** Fills a value that is absent, null or empty. Without a holder: the document itself. */
export function insertUnder(file: YamlFile, holder: Holder | undefined, value: NewValue, style: BlockStyle): readonly TextEdit[] {
  const { text } = file.source;
  if (holder?.map === undefined) return [fillDocument(file, holder?.value, value, style)];
  const { value: node, flow, map } = holder;
  const colon = text.lastIndexOf(':', node.start);
  if (flow || map.kind === 'list') {
    const source = flow ? flowValue(value, style, true) : itemText(text, node, value, style);
    const gap = /[\s{[]/.test(text[node.start - 1] ?? ' ') ? '' : ' ';
    const noColon = flow && map.kind === 'map' && map.pairs.some((pair) => pair.value === node && pair.colon === undefined);
    return [edit(file, node.start, node.end, noColon ? `: ${source}` : `${gap}${source}`)];
  }
  const column = columnOf(text, map.start) + (isList(value) ? style.dash : style.step);
  const lines = isMap(value)
    ? blockMap(value, column, style)
    : isList(value)
      ? value.flatMap((item) => blockItem(item, column, style))
      : [];
  const end = lineEnd(text, node.end);
  const inserted = `${lineBreak(text)}${lines.join(lineBreak(text))}`;
  if (node.start === node.end) return [edit(file, end, end, inserted)];
  const gapStart = Math.max(colon + 1, node.start - (/[ \t]*$/.exec(text.slice(0, node.start))?.[0].length ?? 0));
  if (end === node.end) return [edit(file, gapStart, end, inserted)];
  return [edit(file, gapStart, node.end, ''), edit(file, end, end, inserted)];
}

/** The text that ends an entry's last line, or undefined where nothing may follow without changing its value. */
function endOfEntry(file: YamlFile, end: number, node: YamlNode | undefined, column: number): Insertion | undefined {
  const { text } = file.source;
  const leaf = lastLeaf(node);
  if (leaf?.kind !== 'scalar' || (leaf.style !== 'literal' && leaf.style !== 'folded'))
    return { at: endOfComments(file, end, column), before: true };
  const at = lineEnd(text, leaf.end);
  if (at === text.length) return undefined;
  const header = text.slice(leaf.start, lineEnd(text, leaf.start));
  if (!/^[|>]\d?\+/.test(header)) return { at, before: true };
  // With `+`, the blank lines behind the text belong to it.
  let next = nextLine(text, at);
  while (next < text.length && lineEnd(text, next) === next) next = nextLine(text, next);
  return { at: next, before: false };
}

/** Comments that are indented further than the entry speak of what is in it: what is new goes behind them. */
function endOfComments(file: YamlFile, end: number, column: number): number {
  const { text } = file.source;
  let at = lineEnd(text, end);
  for (const comment of file.comments) {
    if (comment.start < at) continue;
    if (!/^\s*$/.test(text.slice(at, comment.start)) || columnOf(text, comment.start) <= column) break;
    at = comment.end;
  }
  return at;
}

interface Insertion {
  readonly at: number;
  /** The place is before a line break (or the end); else at the beginning of a line. */
  readonly before: boolean;
}

function onLines(text: string, lines: readonly string[], { at, before }: Insertion): string {
  const body = lines.join(lineBreak(text));
  if (before) return `${lineBreak(text)}${body}`;
  return at > 0 && at === text.length && text[at - 1] !== '\n' ? `${lineBreak(text)}${body}` : `${body}${lineBreak(text)}`;
}

function insertInBrackets(
  file: YamlFile,
  into: YamlMap | YamlList,
  key: string | undefined,
  value: NewValue,
  style: BlockStyle,
  after: readonly string[],
): TextEdit {
  const { text } = file.source;
  const source = key === undefined ? flowValue(value, style, true) : flowPair(key, value, style);
  const entries = entriesOf(into);
  const index = placeAfter(into, after);
  const entry = entries[index];
  if (entry === undefined) return edit(file, into.start + 1, into.start + 1, source);
  const missing = entry.node?.kind === 'scalar' && entry.node.style === 'missing' && text[entry.end - 1] === ':';
  return edit(file, entry.end, entry.end, `${missing ? ' ' : ''},${separator(file, entries, index)}${source}`);
}

/** What stands between the comma and the next entry: a line break and indentation where the brackets span lines. */
function separator(file: YamlFile, entries: readonly Entry[], index: number): string {
  const { text } = file.source;
  const [before, entry] = [entries[index - 1], entries[index]];
  if (before === undefined || entry === undefined) return ' ';
  const between = text.slice(before.end, entry.start);
  return /^,\s*$/.test(between) && between.includes('\n')
    ? `${lineBreak(text)}${between.slice(between.lastIndexOf('\n') + 1)}`
    : ' ';
}

function itemText(text: string, node: YamlNode, value: NewValue, style: BlockStyle): string {
  const dash = text.lastIndexOf('-', node.start - 1);
  const column = columnOf(text, dash) + 2;
  return isMap(value) ? blockMap(value, column, style).join(lineBreak(text)).trimStart() : flowValue(value, style);
}

function fillDocument(file: YamlFile, root: YamlNode | undefined, value: NewValue, style: BlockStyle): TextEdit {
  const { text } = file.source;
  const body = isMap(value) ? blockMap(value, 0, style).join(lineBreak(text)) : flowValue(value, style);
  if (root !== undefined && root.start < root.end) return edit(file, root.start, root.end, body);
  const at = text.length;
  const gap = lineStart(text, at) === at || isFirstOnLine(text, at) ? '' : lineBreak(text);
  return edit(file, at - (gap === '' ? columnOf(text, at) : 0), at, `${gap}${body}${lineBreak(text)}`);
}

interface Entry {
  readonly start: number;
  readonly end: number;
  readonly node: YamlNode | undefined;
}

function entriesOf(collection: YamlMap | YamlList): readonly Entry[] {
  if (collection.kind === 'map') return collection.pairs.map(entryOfPair);
  return collection.items.map((node, index) => ({ start: collection.dashes[index] ?? node.outerStart, end: node.end, node }));
}

function entryOfPair({ key, value, colon }: YamlPair): Entry {
  return { start: key.outerStart, end: Math.max(key.end, value.end, colon === undefined ? 0 : colon + 1), node: value };
}

function placeAfter(into: YamlMap | YamlList, after: readonly string[]): number {
  if (into.kind === 'list') return into.items.length - 1;
  const wanted = into.pairs.findLastIndex(({ key }) => key.kind === 'scalar' && after.includes(key.text));
  return wanted < 0 ? into.pairs.length - 1 : wanted;
}

function lastLeaf(node: YamlNode | undefined): YamlNode | undefined {
  if (node?.kind === 'map' && !node.flow) return lastLeaf(node.pairs.at(-1)?.value);
  return node?.kind === 'list' && !node.flow ? lastLeaf(node.items.at(-1)) : node;
}

function edit(file: YamlFile, start: number, end: number, text: string): TextEdit {
  return { span: span(file.source.file, start, end), text };
}
