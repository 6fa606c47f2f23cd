import type { Span } from '../../base/span.ts';
import { childrenOf } from './yaml-layout.ts';
import type { YamlAlias, YamlFile, YamlNode, YamlPair } from './yaml-tree.ts';

/** The pair whose key or value was written at this place: the way from a value of a model back to the text. */
export function pairAt(file: YamlFile, { start }: Pick<Span, 'start'>): YamlPair | undefined {
  for (const node of pathTo(file, start).reverse()) {
    if (node.kind !== 'map') continue;
    const pair = node.pairs.find(({ key, value }) => covers(key, start) || covers(value, start) || value.start === start);
    if (pair !== undefined) return pair;
  }
  return undefined;
}

/** The nodes that hold the offset, outermost first. */
export function pathTo(file: YamlFile, offset: number): YamlNode[] {
  const path: YamlNode[] = [];
  let next = holderOf(
    file.documents.flatMap(({ root }) => root ?? []),
    offset,
  );
  while (next !== undefined) {
    path.push(next);
    next = childAt(next, offset);
  }
  return path;
}

/** By halves: a file of a thousand services has a map of a thousand entries, and every fix comes by. */
function childAt(node: YamlNode, offset: number): YamlNode | undefined {
  if (node.kind !== 'map') return holderOf(childrenOf(node), offset);
  let [low, high] = [0, node.pairs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((node.pairs[middle]?.key.outerStart ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const pair = node.pairs[low - 1];
  return (pair === undefined ? undefined : holderOf([pair.key, pair.value], offset)) ?? holderOf(childrenOf(node), offset);
}

function holderOf(nodes: readonly YamlNode[], offset: number): YamlNode | undefined {
  return nodes.find((node) => covers(node, offset)) ?? nodes.find((node) => node.start === offset);
}

/** The scalar or alias whose text runs over the offset. */
export function leafAt(file: YamlFile, offset: number): YamlNode | undefined {
  const leaf = pathTo(file, offset).at(-1);
  return leaf?.kind === 'scalar' && covers(leaf, offset) ? leaf : undefined;
}

/** Whether an alias outside the stretch repeats an anchor inside it, so that the stretch can't go. */
export function anchorsWithin(file: YamlFile, start: number, end: number): boolean {
  if (!file.source.text.slice(start, end).includes('&')) return false;
  return aliasesOf(file).some(
    (alias) =>
      !(start <= alias.start && alias.end <= end) &&
      alias.target !== undefined &&
      start <= alias.target.outerStart &&
      alias.target.end <= end,
  );
}

/** The anchored node at the offset that aliases repeat, and those aliases; undefined where an edit stays local. */
export function sharedAnchor(
  file: YamlFile,
  offset: number,
): { readonly anchor: YamlNode; readonly users: readonly YamlAlias[] } | undefined {
  for (const anchor of pathTo(file, offset)) {
    const users = anchor.anchor === undefined ? [] : aliasesOf(file).filter(({ target }) => target === anchor);
    if (users.length > 0) return { anchor, users };
  }
  return undefined;
}

export function aliasesOf(file: YamlFile): readonly YamlAlias[] {
  const found: YamlAlias[] = [];
  const open: YamlNode[] = file.documents.flatMap(({ root }) => root ?? []);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'alias') found.push(node);
    open.push(...childrenOf(node));
  }
  return found;
}

/** The end of the last text before the offset that is neither blank nor comment. */
export function lastInk(file: YamlFile, offset: number): number | undefined {
  const { text } = file.source;
  let at = offset;
  for (;;) {
    at = text.slice(0, at).trimEnd().length;
    const comment = file.comments.find((one) => one.start < at && at <= one.end);
    if (comment === undefined) return at === 0 ? undefined : at;
    at = comment.start;
  }
}

function covers(node: YamlNode, offset: number): boolean {
  return node.outerStart <= offset && offset < node.end;
}
