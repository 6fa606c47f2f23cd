import type { ParsedYaml, YamlFile, YamlHabits, YamlNode } from './yaml-tree.ts';

/*
 * How a YAML file is laid out on its lines, asked only where an edit is made. Lines end in LF or CRLF; a lone CR
 * is no line end for any YAML library that Compose files meet.
 */

export function lineStart(text: string, offset: number): number {
  // A negative position would be taken for the first.
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** The end of the line's text, before its break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Where the next line begins, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

export function isFirstOnLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

export function lineBreak(text: string): string {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** How the file indents: the first nested block of the collections given, innermost first, else of the whole file. */
export function indentation(file: YamlFile, near: readonly YamlNode[]): { step: number; dash: number } {
  const { text } = file.source;
  const first = (kind: 'map' | 'list') => {
    for (const node of [...near].reverse()) {
      const found = stepOf(text, node, kind);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { step: first('map') ?? file.habits().step, dash: first('list') ?? file.habits().dash };
}

/** What the file does as a whole; two spaces and double quotes where it shows nothing. */
export function habitsOf({ source: { text }, documents }: ParsedYaml): YamlHabits {
  const roots = documents.flatMap(({ root }) => root ?? []);
  const singles = text.match(/[:\-[{,]\s+'/g)?.length ?? 0;
  const doubles = text.match(/[:\-[{,]\s+"/g)?.length ?? 0;
  return {
    step: firstWithin(roots, (node) => stepOf(text, node, 'map')) ?? 2,
    dash: firstWithin(roots, (node) => stepOf(text, node, 'list')) ?? 2,
    quote: singles > doubles ? 'single' : 'double',
  };
}

/** How much further right the first block value of that kind stands than the keys of this map. */
function stepOf(text: string, node: YamlNode, kind: 'map' | 'list'): number | undefined {
  if (node.kind !== 'map' || node.flow) return undefined;
  for (const { key, value } of node.pairs) {
    if (value.kind !== kind || value.flow || !isFirstOnLine(text, value.start)) continue;
    return Math.max(kind === 'map' ? 1 : 0, columnOf(text, value.start) - columnOf(text, key.outerStart));
  }
  return undefined;
}

function firstWithin(nodes: readonly YamlNode[], measure: (node: YamlNode) => number | undefined): number | undefined {
  // The list grows while it is walked; taking from its front would move all the rest each time.
  const queue = [...nodes];
  for (const node of queue) {
    const found = measure(node);
    if (found !== undefined) return found;
    for (const child of childrenOf(node)) queue.push(child);
  }
  return undefined;
}

export function childrenOf(node: YamlNode): readonly YamlNode[] {
  if (node.kind === 'map') return node.pairs.flatMap(({ key, value }) => [key, value]);
  return node.kind === 'list' ? node.items : [];
}
