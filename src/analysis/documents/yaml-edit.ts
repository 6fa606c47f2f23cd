import type { TextEdit } from '../../base/edit.ts';
import { span } from '../../base/span.ts';
import { insertEntry, insertUnder } from './yaml-insert.ts';
import { columnOf, indentation, isFirstOnLine, lineBreak, lineStart, nextLine } from './yaml-layout.ts';
import { removeEntry } from './yaml-remove.ts';
import {
  blockItem,
  blockMap,
  flowValue,
  isList,
  isMap,
  isScalar,
  keySource,
  type BlockStyle,
  type NewValue,
} from './yaml-render.ts';
import { scalarSource, type NewScalar } from './yaml-scalar-text.ts';
import { aliasesOf, anchorsWithin, lastInk, leafAt, pathTo } from './yaml-search.ts';
import { pairOf, type YamlFile, type YamlNode, type YamlPair } from './yaml-tree.ts';

/*
 * Edits that follow a file's own hand: indentation, quotes, flow or block, line ends. Every byte outside the
 * edits stays. Undefined is the answer where a change can't be made in this place alone: behind an alias, or
 * where a value comes out of a merge key, or an anchor that others use would go.
 */

/** Keys of maps and indexes of lists, from the outside in. */
export type YamlPath = readonly (string | number)[];
export type Edits = readonly TextEdit[] | undefined;

export interface SetOptions {
  /** A new key goes behind the last of these that is there; else to the end of its map. */
  readonly after?: readonly string[];
  /** The change is meant for everybody who repeats the place through an alias; else there is no edit. */
  readonly shared?: boolean;
}

/** Replaces a scalar, in its own quotes if it has some. Its tag and anchor stay. */
export function replaceScalar(file: YamlFile, node: YamlNode, value: NewScalar, place: { flow: boolean }): readonly TextEdit[] {
  const style = { flow: place.flow, quote: file.habits().quote };
  if (node.kind !== 'scalar') return [edit(file, node.start, node.end, scalarSource(value, style))];
  if (node.style !== 'missing') return [edit(file, node.start, node.end, scalarSource(value, style, node.style))];
  return [edit(file, node.start, node.end, `${spaceBefore(file, node.start)}${scalarSource(value, style)}`)];
}

/** Sets a value, making what is missing on the way. `base` is a map or list of the file; undefined: the whole document. */
export function setPath(
  file: YamlFile,
  base: YamlNode | undefined,
  path: YamlPath,
  value: NewValue,
  options: SetOptions = {},
): Edits {
  return options.shared !== true && isShared(file, base, path) ? undefined : setWithin(file, base, path, value, options);
}

function setWithin(file: YamlFile, base: YamlNode | undefined, path: YamlPath, value: NewValue, options: SetOptions): Edits {
  const [head, ...rest] = path;
  if (head === undefined) return undefined;
  const root = base ?? file.documents[0]?.root;
  const missing = nested(path, value);
  if (root === undefined) return isMap(missing) ? insertUnder(file, undefined, missing, styleFor(file, [])) : undefined;
  const style = styleFor(file, [root]);
  if (root.kind === 'scalar') return isEmpty(root) ? insertUnder(file, { value: root, flow: false }, missing, style) : undefined;
  const found = entryOf(root, head);
  if (found === undefined) return setMissing(file, root, head, nested(rest, value), rest.length > 0, style, options);
  const flow = 'flow' in root && root.flow;
  const filled = nested(rest, value);
  if (isEmpty(found) && isCollection(filled)) return insertUnder(file, { value: found, flow, map: root }, filled, style);
  if (rest.length === 0) return replaceNode(file, root, found, value, style);
  return found.kind === 'map' || found.kind === 'list' ? setWithin(file, found, rest, value, options) : undefined;
}

/** Takes an entry out with the comment lines above it, and the maps that it leaves empty, as far as `base`. */
export function removePath(
  file: YamlFile,
  base: YamlNode | undefined,
  path: YamlPath,
  options: Pick<SetOptions, 'shared'> = {},
): Edits {
  if (options.shared !== true && isShared(file, base, path)) return undefined;
  let node = base ?? file.documents[0]?.root;
  let from: { node: YamlNode; key: string | number } | undefined;
  for (const key of path) {
    if (node === undefined || node.kind === 'alias') return node === undefined ? [] : undefined;
    const next: YamlNode | undefined = entryOf(node, key);
    if (next === undefined) return [];
    const alone = sizeOf(node) === 1 && from !== undefined;
    if (!alone) from = { node, key };
    node = next;
  }
  return from === undefined ? undefined : removeEntry(file, from.node, from.key);
}

/** Adds an item at the end of the list. */
export function insertItem(file: YamlFile, list: YamlNode, value: NewValue): Edits {
  return list.kind === 'list' ? insertEntry(file, list, undefined, value, styleFor(file, [list])) : undefined;
}

/** Writes a comment on a line of its own above the node's line, indented like it. */
export function insertComment(file: YamlFile, node: { readonly start: number }, comment: string): readonly TextEdit[] {
  const { text } = file.source;
  let at = lineStart(text, node.start);
  // A line that begins inside a text of several lines takes no comment: go up to where that text begins.
  for (let leaf = leafAt(file, at); leaf !== undefined && leaf.start < at; leaf = leafAt(file, at))
    at = lineStart(text, leaf.start);
  const indent = /^[ \t]*/.exec(text.slice(at))?.[0] ?? '';
  return [edit(file, at, at, `${indent}# ${comment.replace(/\s+/g, ' ').trim()}${lineBreak(text)}`)];
}

export function renameKey(file: YamlFile, pair: YamlPair, name: string): Edits {
  const { key } = pair;
  if (key.kind !== 'scalar' || pair.colon === undefined) return undefined;
  const style = { ...styleFor(file, []), flow: true };
  const source = key.style === 'plain' ? keySource(name, style) : scalarSource(name, style, key.style);
  return [edit(file, key.start, key.end, source)];
}

/** How new parts of the file are to be written, by what stands around and what the file does elsewhere. */
export function styleFor(file: YamlFile, around: readonly YamlNode[]): BlockStyle {
  const near = around.at(-1);
  const { step, dash } = indentation(file, around);
  const keys = near?.kind === 'map' ? near.pairs.map(({ key }) => key) : [];
  const quoteKeys = keys.length > 0 && keys.every((key) => key.kind === 'scalar' && key.style === 'double');
  return {
    step,
    dash,
    flow: near !== undefined && 'flow' in near && near.flow,
    quote: quoteKeys ? 'double' : file.habits().quote,
    quoteKeys,
  };
}

function setMissing(
  file: YamlFile,
  root: YamlNode,
  head: string | number,
  value: NewValue,
  deeper: boolean,
  style: BlockStyle,
  options: SetOptions,
): Edits {
  if (root.kind === 'list')
    return typeof head === 'number' && head === root.items.length ? insertEntry(file, root, undefined, value, style) : undefined;
  // An own key would hide the whole map that a merge key brings under the same name.
  if (root.kind !== 'map' || (deeper && pairOf(root, '<<') !== undefined)) return undefined;
  return insertEntry(file, root, String(head), value, style, options.after);
}

function replaceNode(file: YamlFile, holder: YamlNode, node: YamlNode, value: NewValue, style: BlockStyle): Edits {
  const { text } = file.source;
  if (isScalar(value) && node.kind === 'scalar') return replaceScalar(file, node, value, style);
  if (anchorsWithin(file, node.start, node.end)) return undefined;
  const ownLines = holder.kind === 'map' && isFirstOnLine(text, node.start);
  const block = (node.kind === 'map' || node.kind === 'list') && !node.flow;
  const source = flowValue(value, style, style.flow);
  if (block && ownLines && !isCollection(value)) return replaceLines(file, node, source);
  if (!block || !isCollection(value)) return [edit(file, node.start, node.end, `${spaceBefore(file, node.start)}${source}`)];
  const alike = isMap(value) === (node.kind === 'map');
  if (!ownLines && !alike) return undefined;
  const column = alike ? columnOf(text, node.start) : columnOf(text, holder.start) + (isMap(value) ? style.step : style.dash);
  const lines = isMap(value)
    ? blockMap(value, column, style)
    : (value as readonly NewValue[]).flatMap((item) => blockItem(item, column, style));
  return [edit(file, node.start - columnOf(text, node.start), node.end, lines.join(lineBreak(text)))];
}

/** A block gives way to something that stands behind its key. */
function replaceLines(file: YamlFile, block: YamlNode, source: string): Edits {
  const { text } = file.source;
  const start = lineStart(text, block.start);
  const before = lastInk(file, start);
  if (before === undefined) return undefined;
  return [edit(file, before, before, ` ${source}`), edit(file, start, nextLine(text, block.end), '')];
}

function nested(path: YamlPath, value: NewValue): NewValue {
  return path.reduceRight<NewValue>((inner, key) => (typeof key === 'number' ? [inner] : { [key]: inner }), value);
}

/** Whether the place, as far as it is there already, is repeated elsewhere by an alias. */
function isShared(file: YamlFile, base: YamlNode | undefined, path: YamlPath): boolean {
  let node = base ?? file.documents[0]?.root;
  if (node === undefined) return false;
  const onTheWay = [node];
  for (const key of path) {
    const next: YamlNode | undefined = entryOf(node, key);
    if (next === undefined) break;
    node = next;
    onTheWay.push(node);
  }
  return [...pathTo(file, node.start), ...onTheWay].some((one) => isRepeated(file, one));
}

function isRepeated(file: YamlFile, node: YamlNode): boolean {
  return node.anchor !== undefined && aliasesOf(file).some(({ target }) => target === node);
}

function entryOf(node: YamlNode, key: string | number): YamlNode | undefined {
  if (node.kind === 'list') return typeof key === 'number' ? node.items[key] : undefined;
  return pairOf(node, String(key))?.value;
}

/** A map or list with something in it: what takes lines of its own in a block. */
function isCollection(value: NewValue): boolean {
  return isList(value) ? value.length > 0 : isMap(value) && Object.keys(value).length > 0;
}

function sizeOf(node: YamlNode): number {
  return node.kind === 'map' ? node.pairs.length : node.kind === 'list' ? node.items.length : 0;
}

/** Nothing, `null`, `~`, `{}` or `[]`: a place where something can begin. */
export function isEmpty(node: YamlNode): boolean {
  if (node.kind === 'scalar') return node.style === 'missing' || (node.style === 'plain' && /^(?:null|~)$/i.test(node.text));
  return node.kind !== 'alias' && sizeOf(node) === 0;
}

function spaceBefore(file: YamlFile, at: number): string {
  return at > 0 && /[:\-?]/.test(file.source.text[at - 1] ?? '')
    ? ' '
    : at > 0 && !/\s/.test(file.source.text[at - 1] ?? '')
      ? ' '
      : '';
}

function edit(file: YamlFile, start: number, end: number, text: string): TextEdit {
  return { span: span(file.source.file, start, end), text };
}
