import type { Span } from '../base/span.ts';
import type { SourceText } from './documents/source.ts';
import { onItsOwnLine, type YamlFile, type YamlNode } from './documents/yaml-tree.ts';
import type { Finding } from './rules/rule.ts';

/** `# headroom-ignore <rule> -- <reason>`: what it says, where it stands, and the text that it speaks about. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string | undefined;
  readonly comment: Span;
  /** Findings that begin in here are accepted. */
  readonly extent: Span;
}

/** Whether a suppression with a reason covers the finding. One without a reason covers nothing: it is a finding itself. */
export function isSuppressed(finding: Finding, suppressions: readonly Suppression[]): boolean {
  return suppressions.some(({ rule, reason, extent }) => {
    const here = finding.span.file === extent.file && extent.start <= finding.span.start && finding.span.start < extent.end;
    return here && reason !== undefined && (rule === finding.rule || rule === finding.group);
  });
}

/** In YAML a comment on its own line speaks about the whole node below it, one behind a value about that line. */
export function yamlSuppressions(yaml: YamlFile): readonly Suppression[] {
  const { source } = yaml;
  const found = yaml.comments.flatMap((comment) => {
    const said = read(source.text.slice(comment.start, comment.end));
    return said === undefined ? [] : [{ comment, said, ownLine: onItsOwnLine(source.text, comment) }];
  });
  if (found.length === 0) return [];
  const nodes = yaml.documents.flatMap(({ root }) => (root === undefined ? [] : extents(root)));
  return found.map(({ comment, said, ownLine }) => {
    const line = lineAround(source.text, comment.start);
    // Outermost first: of those that begin on the next line of text, the first holds all the others.
    const node = ownLine ? nodes.find(({ start }) => start > comment.end) : undefined;
    const { start, end } = node ?? line;
    return {
      ...said,
      comment: { file: source.file, ...comment },
      extent: { file: source.file, start, end: Math.max(end, start + 1) },
    };
  });
}

/** In files of one statement a line, a comment on its own line speaks about the next line that is none. */
export function lineSuppressions(source: SourceText): readonly Suppression[] {
  if (!source.text.includes('headroom-ignore')) return [];
  const { text, file } = source;
  return [...text.matchAll(/#[^\r\n]*/g)].flatMap((match) => {
    const said = read(match[0]);
    if (said === undefined) return [];
    const start = match.index;
    const own = lineAround(text, start);
    const ownLine = text.slice(own.start, start).trim() === '';
    const extent = ownLine ? nextStatement(text, own.end) : own;
    return [{ ...said, comment: { file, start, end: start + match[0].length }, extent: { file, ...extent } }];
  });
}

const COMMENT = /^#\s*headroom-ignore\s+([a-z0-9-]+)(?:\s+--\s*(.*?))?\s*$/;

function read(comment: string): { rule: string; reason: string | undefined } | undefined {
  const match = COMMENT.exec(comment);
  if (match === null) return undefined;
  const [, rule = '', reason = ''] = match;
  return { rule, reason: reason === '' ? undefined : reason };
}

/** Every pair and item with where it begins and ends, in order of beginning, outer before inner. */
function extents(node: YamlNode): { readonly start: number; readonly end: number }[] {
  const parts =
    node.kind === 'map'
      ? node.pairs.map(({ key, value }) => ({ start: key.outerStart, end: Math.max(key.end, value.end), value }))
      : node.kind === 'list'
        ? node.items.map((item, index) => ({ start: node.dashes[index] ?? item.outerStart, end: item.end, value: item }))
        : [];
  return parts.flatMap(({ start, end, value }) => [{ start, end }, ...extents(value)]);
}

function lineAround(text: string, offset: number): { start: number; end: number } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return { start, end: end < 0 ? text.length : end };
}

function nextStatement(text: string, from: number): { start: number; end: number } {
  let at = from;
  while (at < text.length) {
    const line = lineAround(text, at + 1);
    const written = text.slice(line.start, line.end).trim();
    if (written !== '' && !written.startsWith('#')) return line;
    at = line.end;
  }
  return { start: text.length, end: text.length };
}
