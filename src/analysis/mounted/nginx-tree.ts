import type { Span } from '../../base/span.ts';
import type { SourceText } from '../documents/source.ts';

/** One directive of an nginx configuration: simple, or a block with others in it. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
  readonly block: readonly Directive[] | undefined;
  /** From the name to the semicolon or the opening brace. */
  readonly span: Span;
}

/** Never fails: what is left open at the end is closed there, and a brace too many is passed over. */
export function parseNginx({ file, text }: SourceText): readonly Directive[] {
  const root: Directive[] = [];
  const open: Directive[][] = [root];
  let words: { readonly text: string; readonly start: number }[] = [];
  for (const { kind, text: token, start, end } of tokensOf(text)) {
    const current = open.at(-1) ?? root;
    if (kind === 'word') {
      words.push({ text: token, start });
      continue;
    }
    const [name, ...rest] = words;
    words = [];
    if (kind === 'close') {
      if (open.length > 1) open.pop();
    } else if (name !== undefined) {
      const block: Directive[] | undefined = kind === 'open' ? [] : undefined;
      const span = { file, start: name.start, end };
      current.push({ name: name.text, words: rest.map((word) => word.text), block, span });
      if (block !== undefined) open.push(block);
    } else if (kind === 'open') open.push([]);
  }
  return root;
}

interface Token {
  readonly kind: 'word' | 'open' | 'close' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A word may hold `${name}`, whose braces are its own. */
const TOKEN =
  /#[^\n]*|"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|[{};]|(?:\$\{[^}\s]*\}|\\[^]|[^\s{};"'#\\]|(?<=[^\s{};])["'#])+/g;

const KINDS: Readonly<Record<string, Token['kind']>> = { '{': 'open', '}': 'close', ';': 'end' };

function* tokensOf(text: string): Iterable<Token> {
  for (const match of text.matchAll(TOKEN)) {
    const [written, double, single] = match;
    if (written.startsWith('#')) continue;
    const kind = KINDS[written] ?? 'word';
    yield { kind, text: double ?? single ?? written, start: match.index, end: match.index + written.length };
  }
}

/** Every directive of the name, at any depth, each with the blocks around it, outermost first. */
export function* directivesNamed(
  directives: readonly Directive[],
  name: RegExp,
  around: readonly Directive[] = [],
): Iterable<{ readonly directive: Directive; readonly around: readonly Directive[] }> {
  for (const directive of directives) {
    if (name.test(directive.name)) yield { directive, around };
    if (directive.block !== undefined) yield* directivesNamed(directive.block, name, [...around, directive]);
  }
}

/** As nginx inherits: the innermost block that names it decides, and what stands further out is replaced. */
export function inEffect(name: string, blocks: readonly Directive[]): readonly Directive[] {
  for (const { block } of [...blocks].reverse()) {
    const here = (block ?? []).filter((directive) => directive.name === name);
    if (here.length > 0) return here;
  }
  return [];
}
