import { span, type Span } from '../../base/span.ts';
import { lineEnd } from '../documents/postgres/lexer.ts';
import type { PostgresConf } from '../documents/postgres/model.ts';

/** A heading of comments with what stands below it, or one setting. */
export interface ConfSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'section' | 'setting' | 'include';
  readonly span: Span;
  /** What is selected when a person goes there. */
  readonly nameSpan: Span;
  readonly children: readonly ConfSymbol[];
}

/** Sections as the sample file marks them, and the settings in each. */
export function symbolsOf(conf: PostgresConf): readonly ConfSymbol[] {
  const leaves = conf.entries.map((entry): ConfSymbol => ({
    name: entry.kind === 'setting' ? entry.name : entry.directive,
    detail: entry.kind === 'setting' ? entry.value : entry.path,
    kind: entry.kind,
    span: entry.span,
    nameSpan: entry.nameSpan,
    children: [],
  }));
  const sections = sectionsOf(conf);
  const first = sections[0]?.span.start ?? Infinity;
  const free = leaves.filter((leaf) => leaf.span.start < first);
  return [
    ...free,
    ...sections.map((section) => ({ ...section, children: leaves.filter((leaf) => holds(section.span, leaf.span)) })),
  ];
}

/** Stretches that an editor may fold: whole sections. */
export function foldsOf(conf: PostgresConf): readonly Span[] {
  return sectionsOf(conf).map((section) => section.span);
}

/** `#----` / `# TITLE` / `#----`, and `# - Title -`. */
const HEADING = /^#-{5,}[ \t\r]*\n#[ \t]*(\S[^\n]*?)[ \t\r]*\n#-{5,}|^#[ \t]+-[ \t]+(\S[^\n]*?)[ \t]+-[ \t\r]*$/gm;

function sectionsOf({ source: { file, text } }: PostgresConf): readonly ConfSymbol[] {
  const found = [...text.matchAll(HEADING)];
  return found.map((match, at) => {
    const next = found[at + 1]?.index ?? text.length;
    const end = text.slice(0, next).replace(/\s+$/, '').length;
    const name = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].indexOf(name);
    return {
      name,
      detail: '',
      kind: 'section',
      span: span(file, match.index, Math.max(end, lineEnd(text, start))),
      nameSpan: span(file, start, start + name.length),
      children: [],
    };
  });
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
