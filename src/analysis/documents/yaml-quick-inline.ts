import { scalarText } from './yaml.ts';
import { isBreak, scalar, Unusual } from './yaml-quick-terms.ts';
import type { YamlComment, YamlNode, YamlPair, YamlScalar } from './yaml-tree.ts';

const INDICATOR = /[-?:,[\]{}#&*!|>'"%@`]/;
const DEEPEST = 50;

/** What stands within a line, and flow collections over several. `next` is where the last thing read ended. */
export class Inline {
  readonly comments: YamlComment[] = [];
  next = 0;
  readonly #text: string;
  readonly #anchors = new Map<string, YamlNode | 'open'>();
  readonly #words = /[\w.-]+(?=[\s,\]}]|$)/y;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  skipSpaces(from: number): number {
    let at = from;
    while (this.#text[at] === ' ') at++;
    return at;
  }

  comment(at: number): number {
    const end = this.#lineFeed(at);
    this.comments.push({ start: at, end });
    return end;
  }

  /** The end of a line of which nothing is left but spaces and a comment. */
  endOfLine(from: number): number {
    const at = this.skipSpaces(from);
    const character = this.#text[at];
    if (isBreak(character)) return at;
    if (character !== '#' || at === 0 || this.#text[at - 1] !== ' ') throw new Unusual();
    return this.comment(at);
  }

  open(name: string): void {
    this.#anchors.set(name, 'open');
  }

  close(name: string, node: YamlNode): void {
    this.#anchors.set(name, node);
  }

  anchor(at: number): { readonly name: string; readonly start: number; readonly end: number } {
    const name = this.#word(at + 1);
    if (this.#text[at + 1 + name.length] === ':') throw new Unusual();
    return { name, start: at, end: at + 1 + name.length };
  }

  /** A key that the colon follows at once, or undefined. */
  key(at: number): YamlScalar | undefined {
    const first = this.#text[at];
    if (first === '"' || first === "'") {
      const end = this.#text.indexOf(first, at + 1);
      if (end < 0 || !this.#isColon(end + 1)) return undefined;
      const text = this.#text.slice(at + 1, end);
      return /[\r\n\\]/.test(text) ? undefined : scalar(text, first === '"' ? 'double' : 'single', at, end + 1);
    }
    if (first === undefined || INDICATOR.test(first)) return undefined;
    const line = this.#lineFeed(at);
    for (let colon = this.#text.indexOf(':', at); colon >= 0 && colon < line; colon = this.#text.indexOf(':', colon + 1)) {
      if (!this.#isColon(colon)) continue;
      const text = this.#text.slice(at, colon);
      return text.endsWith(' ') || text.includes(' #') ? undefined : scalar(text, 'plain', at, colon);
    }
    return undefined;
  }

  /** A value that begins here. `column` is that of the block around it. */
  node(at: number, column: number): YamlNode {
    const first = this.#text[at];
    if (first === '"' || first === "'") return this.#quoted(at, first);
    if (first === '[' || first === '{') return this.#flow(at, column);
    if (first === '*') return this.#alias(at);
    return this.#plain(at, false);
  }

  blockScalar(at: number, column: number): YamlNode {
    const headerEnd = this.#lineFeed(at);
    const header = this.#text.slice(at, headerEnd);
    if (!/^[|>][-+]?$/.test(header)) throw new Unusual();
    let end = headerEnd;
    let indent = -1;
    for (let line = headerEnd + 1; line < this.#text.length; line = this.#lineFeed(line) + 1) {
      const start = this.skipSpaces(line);
      if (isBreak(this.#text[start])) {
        // Spaces on a blank line may count as content, on the last one too: the long way knows.
        if (start > line) throw new Unusual();
        continue;
      }
      if (start - line <= column) break;
      if (indent < 0) indent = start - line;
      if (start - line < indent) throw new Unusual();
      end = this.#lineFeed(line);
    }
    if (indent < 0) throw new Unusual();
    this.next = end;
    const source = this.#text.slice(this.#nextLine(headerEnd), this.#nextLine(end));
    const head = { type: 'block-scalar-header', offset: at, indent: column, source: header } as const;
    const text = scalarText({ type: 'block-scalar', offset: at, indent: column, props: [head], source }, unusual);
    if (header.endsWith('+')) throw new Unusual();
    return scalar(text, header.startsWith('|') ? 'literal' : 'folded', at, end);
  }

  #quoted(at: number, quote: '"' | "'"): YamlScalar {
    let end = at + 1;
    for (; this.#text[end] !== quote || (quote === "'" && this.#text[end + 1] === "'"); end++) {
      const character = this.#text[end];
      if (isBreak(character)) throw new Unusual();
      if (character === quote || (character === '\\' && quote === '"')) end++;
    }
    this.next = end + 1;
    const inner = this.#text.slice(at + 1, end);
    const source = this.#text.slice(at, end + 1);
    if (quote === "'") return scalar(inner.includes("'") ? inner.replaceAll("''", "'") : inner, 'single', at, end + 1);
    const text = inner.includes('\\')
      ? scalarText({ type: 'double-quoted-scalar', offset: at, indent: 0, source }, unusual)
      : inner;
    return scalar(text, 'double', at, end + 1);
  }

  #alias(at: number): YamlNode {
    const name = this.#word(at + 1);
    const target = this.#anchors.get(name);
    if (target === undefined || target === 'open') throw new Unusual();
    this.next = at + 1 + name.length;
    return { kind: 'alias', name, target, start: at, end: this.next, tag: undefined, anchor: undefined, outerStart: at };
  }

  #word(at: number): string {
    this.#words.lastIndex = at;
    const word = this.#words.exec(this.#text)?.[0];
    if (word === undefined) throw new Unusual();
    return word;
  }

  #plain(at: number, flow: boolean): YamlScalar {
    const first = this.#text.charAt(at);
    const second = this.#text[at + 1];
    if (INDICATOR.test(first) && (!'-?:'.includes(first) || second === undefined || !/[\w./~$\\]/.test(second)))
      throw new Unusual();
    let end = at;
    for (; end < this.#text.length; end++) {
      const character = this.#text[end];
      if (isBreak(character) || (flow && FLOW.includes(character ?? ''))) break;
      if (character === ':' && (this.#isColon(end) || (flow && FLOW.includes(this.#text[end + 1] ?? ' ')))) break;
      if (character === '#' && this.#text[end - 1] === ' ') break;
    }
    if (!flow && this.#text[end] === ':') throw new Unusual();
    while (this.#text[end - 1] === ' ') end--;
    this.next = end;
    return scalar(this.#text.slice(at, end), 'plain', at, end);
  }

  #flow(at: number, column: number): YamlNode {
    if (++this.#depth > DEEPEST) throw new Unusual();
    const map = this.#text[at] === '{';
    const pairs: YamlPair[] = [];
    const items: YamlNode[] = [];
    const seen = new Set<string>();
    const closing = map ? '}' : ']';
    let here = this.#within(at + 1, column);
    while (this.#text[here] !== closing) {
      const node = this.flowNode(here, column);
      here = this.#within(this.next, column);
      if (map) {
        if (node.kind !== 'scalar' || seen.has(node.text)) throw new Unusual();
        seen.add(node.text);
        pairs.push(this.#flowPair(node, here, column));
        here = this.#within(this.next, column);
      } else items.push(node);
      if (this.#text[here] === ',') here = this.#within(here + 1, column);
      else if (this.#text[here] !== closing) throw new Unusual();
    }
    this.#depth--;
    this.next = here + 1;
    const place = { start: at, end: here + 1, tag: undefined, anchor: undefined, outerStart: at };
    return map ? { kind: 'map', flow: true, pairs, ...place } : { kind: 'list', flow: true, items, dashes: [], ...place };
  }

  flowNode(at: number, column: number): YamlNode {
    const first = this.#text[at];
    return first === '"' || first === "'" || first === '[' || first === '{' || first === '*'
      ? this.node(at, column)
      : this.#plain(at, true);
  }

  #flowPair(key: YamlScalar, at: number, column: number): YamlPair {
    if (this.#text[at] !== ':') {
      this.next = at;
      return { key, value: scalar('', 'missing', key.end, key.end), colon: undefined };
    }
    if (at !== key.end || (key.style === 'plain' && !this.#isColon(at) && !FLOW.includes(this.#text[at + 1] ?? ' ')))
      throw new Unusual();
    const start = this.#within(at + 1, column);
    if (this.#text[start] === ',' || this.#text[start] === '}') {
      this.next = start;
      return { key, value: scalar('', 'missing', at + 1, at + 1), colon: at };
    }
    return { key, value: this.flowNode(start, column), colon: at };
  }

  /** The next thing inside a flow collection, over line ends and comments. */
  #within(from: number, column: number): number {
    let at = from;
    let line = -1;
    for (;;) {
      const start = at;
      at = this.skipSpaces(at);
      const character = this.#text[at];
      if (character === undefined) throw new Unusual();
      if (isBreak(character)) line = ++at;
      else if (character === '#' && (at > start || line === at)) at = this.comment(at);
      else {
        if (line >= 0 && at - line <= column) throw new Unusual();
        return at;
      }
    }
  }

  #isColon(at: number): boolean {
    if (this.#text[at] !== ':') return false;
    const after = this.#text[at + 1];
    return after === ' ' || isBreak(after);
  }

  /** Where the line ends. Its break may be of two characters; the second then passes for an empty line. */
  #lineFeed(from: number): number {
    const at = this.#text.indexOf('\n', from);
    if (at < 0) return this.#text.length;
    return at > from && this.#text[at - 1] === '\r' ? at - 1 : at;
  }

  #nextLine(end: number): number {
    return end + (this.#text[end] === '\r' ? 2 : 1);
  }
}

const FLOW = ',[]{}';

function unusual(): never {
  throw new Unusual();
}
