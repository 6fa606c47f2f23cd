import type { TextEdit } from '../../base/edit.ts';
import { span } from '../../base/span.ts';
import { columnOf, isFirstOnLine, lineEnd, lineStart, nextLine } from './yaml-layout.ts';
import { anchorsWithin, lastInk } from './yaml-search.ts';
import {
  onItsOwnLine,
  pairOf,
  type YamlComment,
  type YamlFile,
  type YamlList,
  type YamlMap,
  type YamlNode,
} from './yaml-tree.ts';

interface Entry {
  readonly start: number;
  readonly end: number;
  readonly value: YamlNode;
}

/** Takes one entry out of a map or list; the last one leaves `{}` or `[]`. Undefined where an anchor in it is used elsewhere. */
export function removeEntry(file: YamlFile, from: YamlNode, key: string | number): readonly TextEdit[] | undefined {
  if (from.kind !== 'map' && from.kind !== 'list') return undefined;
  const entries = entriesOf(file, from);
  const index = from.kind === 'map' ? from.pairs.findIndex((pair) => pair === pairOf(from, String(key))) : Number(key);
  const entry = entries[index];
  if (entry === undefined) return [];
  if (anchorsWithin(file, entry.start, entry.end)) return undefined;
  if (from.flow) return removeFromBrackets(file, from, entries, index);
  if (entries.length === 1) return emptied(file, from, entry);
  const { text } = file.source;
  if (isFirstOnLine(text, entry.start)) return [removeLines(file, entry, entries[index - 1]?.value)];
  return [edit(file, entry.start, firstOf(file, entry.end, entries[index + 1]?.start ?? entry.end), '')];
}

/** The entry's own lines: its comment above, and what is indented under it below. */
function removeLines(file: YamlFile, entry: Entry, before?: YamlNode): TextEdit {
  const { text } = file.source;
  const column = columnOf(text, entry.start);
  let start = lineStart(text, entry.start);
  for (let above = commentAbove(file, start, column); above !== undefined; above = commentAbove(file, start, column)) {
    start = lineStart(text, above.start);
  }
  let end = nextLine(text, entry.end);
  if (keepsBlankLines(text, entry.value)) while (end < text.length && lineEnd(text, end) === end) end = nextLine(text, end);
  // A comment indented under the entry goes with it, lest it become text where the neighbour above is a block text.
  const holds = isBlock(entry.value) || (before !== undefined && isBlockText(lastLeaf(before)));
  for (const comment of holds ? file.comments : []) {
    if (comment.start < end) continue;
    if (!/^\s*$/.test(text.slice(end, comment.start)) || columnOf(text, comment.start) <= column) break;
    end = nextLine(text, comment.end);
  }
  return edit(file, start, end, '');
}

/** The comment on the line directly above, if it is in this column and speaks to people rather than to a program. */
function commentAbove(file: YamlFile, start: number, column: number): YamlComment | undefined {
  const { text } = file.source;
  if (start === 0) return undefined;
  const above = lineStart(text, start - 1);
  const comment = file.comments.find((one) => lineStart(text, one.start) === above);
  if (comment === undefined || !onItsOwnLine(text, comment) || columnOf(text, comment.start) !== column) return undefined;
  return /^#\s*(?:yaml-language-server:|vim?:|-\*-)/.test(text.slice(comment.start, comment.end)) ? undefined : comment;
}

function emptied(file: YamlFile, from: YamlMap | YamlList, entry: Entry): readonly TextEdit[] {
  const { text } = file.source;
  const brackets = from.kind === 'map' ? '{}' : '[]';
  if (!isFirstOnLine(text, entry.start)) return [edit(file, entry.start, entry.end, brackets)];
  const before = lastInk(file, lineStart(text, entry.start));
  // A document of its own, or something that `- ` or `---` introduces: the brackets stand where the entry stood.
  if (before === undefined || !/[:&!]/.test(text.slice(lineStart(text, before), before))) {
    return [edit(file, entry.start, entry.end, brackets)];
  }
  const lines = removeLines(file, entry);
  return [edit(file, before, before, ` ${brackets}`), lines];
}

function removeFromBrackets(
  file: YamlFile,
  from: YamlMap | YamlList,
  entries: readonly Entry[],
  index: number,
): readonly TextEdit[] {
  const { text } = file.source;
  const [before, entry, next] = [entries[index - 1], entries[index], entries[index + 1]];
  if (entry === undefined) return [];
  if (next !== undefined) return [edit(file, entry.start, firstOf(file, entry.end, next.start), '')];
  if (before !== undefined && firstOf(file, before.end, entry.start) === entry.start)
    return [edit(file, before.end, entry.end, '')];
  if (before === undefined && firstOf(file, from.start + 1, from.end) === from.end)
    return [edit(file, from.start + 1, from.end - 1, '')];
  // With comments around: take the entry alone, and its comma if it has one.
  const comma = /^\s*,/.exec(text.slice(entry.end))?.[0].length ?? 0;
  return [edit(file, entry.start, entry.end + (before === undefined ? comma : 0), '')];
}

/** The first comment between the two offsets, else the second offset. */
function firstOf(file: YamlFile, from: number, to: number): number {
  return (
    file.comments.find((comment) => comment.start >= from && comment.start < to && onItsOwnLine(file.source.text, comment))
      ?.start ?? to
  );
}

function entriesOf(file: YamlFile, from: YamlMap | YamlList): readonly Entry[] {
  if (from.kind === 'list') {
    return from.items.map((value, index) => ({ start: from.dashes[index] ?? value.outerStart, end: value.end, value }));
  }
  return from.pairs.map(({ key, value, colon }) => {
    const question = /\?\s+$/.exec(file.source.text.slice(0, key.outerStart))?.[0].length ?? 0;
    return { start: key.outerStart - question, end: Math.max(key.end, value.end, colon === undefined ? 0 : colon + 1), value };
  });
}

function isBlock(node: YamlNode): boolean {
  return (node.kind === 'map' || node.kind === 'list') && !node.flow;
}

function isBlockText(node: YamlNode): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

function keepsBlankLines(text: string, value: YamlNode): boolean {
  const leaf = lastLeaf(value);
  return leaf.kind === 'scalar' && /^[|>]\d?\+/.test(text.slice(leaf.start, leaf.start + 3));
}

function lastLeaf(node: YamlNode): YamlNode {
  const last =
    node.kind === 'map' && !node.flow
      ? node.pairs.at(-1)?.value
      : node.kind === 'list' && !node.flow
        ? node.items.at(-1)
        : undefined;
  return last === undefined ? node : lastLeaf(last);
}

function edit(file: YamlFile, start: number, end: number, text: string): TextEdit {
  return { span: span(file.source.file, start, end), text };
}
