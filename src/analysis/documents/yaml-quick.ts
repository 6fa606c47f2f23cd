import type { SourceText } from './source.ts';
import { Inline } from './yaml-quick-inline.ts';
import { isBreak, Unusual } from './yaml-quick-terms.ts';
import type { ParsedYaml, YamlMap, YamlNode, YamlPair } from './yaml-tree.ts';

/*
 * A short way for files that are written plainly, which nearly all are: block maps and lists, scalars on one line,
 * flow collections, block scalars, anchors. It builds what the long way builds (a law in the tests says so), at a
 * fifth of the time, and gives up at the first thing that is out of the ordinary, errors included.
 */

/** Undefined where the long way has to be taken. */
export function parseQuickly(source: SourceText): ParsedYaml | undefined {
  if (ODD.test(source.text.startsWith(MARKER) ? source.text.slice(MARKER.length) : source.text)) return undefined;
  try {
    return new QuickParser(source).file();
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

/** The one document marker that is no trouble: in the first line. */
const MARKER = '---\n';
/** Tabs and line breaks of other systems, byte order marks, directives, document markers. */
const ODD = /[\t\u0085\u2028\u2029\uFEFF]|\r(?!\n)|^(?:---|\.\.\.|%)/m;
const DEEPEST = 100;

class QuickParser {
  readonly #source: SourceText;
  readonly #text: string;
  readonly #inline: Inline;
  /** The next line that holds more than a comment: where its text begins, and in which column. At the end, column -1. */
  #at = 0;
  #column = -1;
  #depth = 0;

  constructor(source: SourceText) {
    this.#source = source;
    this.#text = source.text;
    this.#inline = new Inline(source.text);
  }

  file(): ParsedYaml {
    const marked = this.#text.startsWith(MARKER);
    this.#toLine(marked ? MARKER.length : 0);
    if (this.#column !== 0) throw new Unusual();
    const start = marked ? 0 : this.#at;
    const root = this.#block();
    if (!this.#atEnd()) throw new Unusual();
    const { comments } = this.#inline;
    return { source: this.#source, documents: [{ root, start, end: root.end }], comments, problems: [], skipped: false };
  }

  /** Moves to the next line with content, beginning at the start of a line. */
  #toLine(from: number): void {
    let line = from;
    for (;;) {
      let at = line;
      while (this.#text[at] === ' ') at++;
      if (at >= this.#text.length) {
        this.#at = this.#text.length;
        this.#column = -1;
        return;
      }
      const character = this.#text[at];
      if (character === '#') at = this.#inline.comment(at);
      else if (!isBreak(character)) {
        this.#at = at;
        this.#column = at - line;
        return;
      }
      line = at + 1;
    }
  }

  #block(): YamlNode {
    if (++this.#depth > DEEPEST) throw new Unusual();
    const node = this.#isDash() ? this.#list(this.#column) : this.#map(this.#column);
    this.#depth--;
    return node;
  }

  #atEnd(): boolean {
    return this.#column < 0;
  }

  #isDash(): boolean {
    const next = this.#text[this.#at + 1];
    return this.#text[this.#at] === '-' && (next === ' ' || isBreak(next));
  }

  #map(column: number): YamlMap {
    const start = this.#at;
    const pairs: YamlPair[] = [];
    const seen = new Set<string>();
    let end = start;
    while (this.#column === column && !this.#isDash()) {
      const key = this.#inline.key(this.#at);
      if (key === undefined || seen.has(key.text)) throw new Unusual();
      seen.add(key.text);
      const colon = key.end;
      const value = this.#value(colon + 1, column, true);
      pairs.push({ key, value, colon });
      end = value.end;
    }
    if (pairs.length === 0 || this.#column > column) throw new Unusual();
    return { kind: 'map', flow: false, pairs, start, end, tag: undefined, anchor: undefined, outerStart: start };
  }

  #list(column: number): YamlNode {
    const start = this.#at;
    const items: YamlNode[] = [];
    const dashes: number[] = [];
    let end = start;
    while (this.#column === column && this.#isDash()) {
      const dash = this.#at;
      const item = this.#item(dash, column);
      items.push(item);
      dashes.push(dash);
      end = item.end;
    }
    if (this.#column > column) throw new Unusual();
    return { kind: 'list', flow: false, items, dashes, start, end, tag: undefined, anchor: undefined, outerStart: start };
  }

  /** What follows a dash: a value, or a map or list that begins on the dash's own line. */
  #item(dash: number, column: number): YamlNode {
    const at = this.#inline.skipSpaces(dash + 1);
    this.#at = at;
    if (!isBreak(this.#text[at]) && (this.#isDash() || this.#inline.key(at) !== undefined)) {
      this.#column = column + at - dash;
      return this.#block();
    }
    return this.#value(dash + 1, column, false);
  }

  /** What follows a colon or a dash. `mayBeLevel`: a list may stand in the column of the key that it belongs to. */
  #value(from: number, column: number, mayBeLevel: boolean): YamlNode {
    const inline = this.#inline;
    let at = inline.skipSpaces(from);
    const anchor = this.#text[at] === '&' ? inline.anchor(at) : undefined;
    if (anchor !== undefined) at = inline.skipSpaces(anchor.end);
    const character = this.#text[at];
    if (anchor !== undefined) inline.open(anchor.name);
    let node: YamlNode | undefined;
    if (isBreak(character) || (character === '#' && at > from)) {
      this.#toLine(inline.endOfLine(at) + 1);
      if (this.#column > column || (mayBeLevel && this.#column === column && this.#isDash())) node = this.#block();
      else if (anchor !== undefined) throw new Unusual();
      else
        return {
          kind: 'scalar',
          text: '',
          style: 'missing',
          start: from,
          end: from,
          tag: undefined,
          anchor: undefined,
          outerStart: from,
        };
    } else {
      node = character === '|' || character === '>' ? inline.blockScalar(at, column) : inline.node(at, column);
      this.#toLine(inline.endOfLine(inline.next) + 1);
      // A deeper line would continue a plain scalar, or be a mistake.
      if (this.#column > column) throw new Unusual();
    }
    if (anchor === undefined) return node;
    const anchored: YamlNode = { ...node, anchor: anchor.name, outerStart: anchor.start };
    inline.close(anchor.name, anchored);
    return anchored;
  }
}
