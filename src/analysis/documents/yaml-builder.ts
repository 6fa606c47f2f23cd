import { message } from '../../base/message.ts';
import type { SourceText } from './source.ts';
import { text as words } from './text.ts';
import type { BlockMap, BlockSequence, ConcreteDocument, FlowCollection, FlowScalar, SourceToken, Token } from './yaml.ts';
import { missing, noProps, Notes, placed, type Props } from './yaml-notes.ts';
import { blockScalar, flowScalar } from './yaml-scalars.ts';
import type { YamlDocument, ParsedYaml, YamlNode, YamlPair } from './yaml-tree.ts';

/** Real files stay under 20. The bound keeps every later recursion far from the end of the stack. */
const DEEPEST = 200;

/** Turns the parser's tokens into our tree, checking on the way what the package's composer would check. */
export class YamlBuilder {
  readonly #notes: Notes;
  readonly #documents: YamlDocument[] = [];
  #anchors = new Map<string, YamlNode | 'open'>();
  #depth = 0;

  constructor(source: SourceText) {
    this.#notes = new Notes(source);
  }

  next(token: Token): void {
    if (token.type === 'document') this.#document(token);
    else if (token.type === 'error') this.#notes.invalid(token.offset, token.message);
    else if (token.type === 'comment') this.#notes.comment(token);
    else if (token.type === 'doc-end') this.#notes.trailing(token.end);
  }

  finish(): ParsedYaml {
    const { source, comments, problems } = this.#notes;
    comments.sort((a, b) => a.start - b.start);
    problems.sort((a, b) => a.span.start - b.span.start);
    return { source, documents: this.#documents, comments, problems, skipped: false };
  }

  #document(token: ConcreteDocument): void {
    this.#anchors = new Map();
    const props = this.#notes.props(token.start, 'doc-start', token.offset, true);
    const root = token.value === undefined ? undefined : this.#node(token.value, props);
    this.#notes.trailing(token.end);
    this.#documents.push({ root, start: token.offset, end: root?.end ?? props.end });
  }

  #node(token: Token, props: Props): YamlNode {
    if (props.anchor === undefined) return this.#build(token, props);
    this.#anchors.set(props.anchor, 'open');
    const node = this.#build(token, props);
    this.#anchors.set(props.anchor, node);
    return node;
  }

  #build(token: Token, props: Props): YamlNode {
    switch (token.type) {
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        return flowScalar(token, props, this.#notes);
      case 'block-scalar':
        return blockScalar(token, props, this.#notes);
      case 'alias':
        return this.#alias(token, props);
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        return this.#collection(token, props);
      default:
        this.#notes.invalid(token.offset, `unexpected ${token.type}`);
        return missing(props, token.offset);
    }
  }

  #collection(token: BlockMap | BlockSequence | FlowCollection, props: Props): YamlNode {
    if (this.#depth >= DEEPEST) {
      this.#notes.problem('yaml-too-deep', message(words.yamlTooDeep, { depth: DEEPEST }), token.offset, token.offset + 1);
      return missing(props, token.offset);
    }
    this.#depth++;
    const node =
      token.type === 'block-map'
        ? this.#blockMap(token, props)
        : token.type === 'block-seq'
          ? this.#blockList(token, props)
          : this.#flow(token, props);
    this.#depth--;
    return node;
  }

  #alias(token: FlowScalar, props: Props): YamlNode {
    const name = token.source.slice(1);
    this.#notes.trailing(token.end);
    const target = this.#anchors.get(name);
    const end = token.offset + token.source.length;
    if (target === undefined || target === 'open') {
      const [code, template] =
        target === undefined
          ? (['yaml-unknown-alias', words.yamlUnknownAlias] as const)
          : (['yaml-alias-cycle', words.yamlAliasCycle] as const);
      this.#notes.problem(code, message(template, { name }), token.offset, end);
    }
    return { kind: 'alias', name, target: target === 'open' ? undefined : target, ...placed(props, token.offset, end) };
  }

  #blockMap(token: BlockMap, props: Props): YamlNode {
    const pairs: YamlPair[] = [];
    const seen = new Set<string>();
    let end = token.offset;
    for (const item of token.items) {
      const before = this.#notes.props(item.start, 'explicit-key-ind', end, true);
      if (isNothing(item.key) && item.sep === undefined && before.indicator === undefined) {
        if (before.anchor !== undefined || before.tag !== undefined)
          this.#notes.invalid(before.start, 'a tag or anchor without a value');
        continue;
      }
      this.#checkBlockKey(token, item.key, before, item.value);
      const pair = this.#pair(item, before, false);
      if (pair.colon === undefined && before.indicator === undefined)
        this.#notes.invalid(pair.key.start, 'a key must be followed by a colon');
      this.#checkDuplicate(seen, pair.key);
      pairs.push(pair);
      end = Math.max(end, pair.value.end, pair.key.end);
    }
    const start = pairs[0]?.key.outerStart ?? token.offset;
    return { kind: 'map', flow: false, pairs, ...placed(props, Math.min(start, token.offset), end) };
  }

  #checkBlockKey(map: BlockMap, key: Token | null | undefined, before: Props, value: Token | undefined): void {
    if (before.indicator !== undefined || isNothing(key)) return;
    if (key.type === 'block-seq') this.#notes.invalid(key.offset, 'a list may not be a key');
    else if ('indent' in key && key.indent !== map.indent)
      this.#notes.invalid(key.offset, 'all keys of a map must start in the same column');
    else if ('source' in key && key.source.includes('\n')) this.#notes.invalid(key.offset, 'a key must be on one line');
    if (value?.type === 'block-map' && value.offset < lineEnd(this.#notes.source.text, key.offset)) {
      this.#notes.invalid(value.offset, 'a map may not begin on the line of its key');
    }
  }

  #pair(item: { key?: Token | null; sep?: SourceToken[]; value?: Token }, before: Props, flow: boolean): YamlPair {
    const key = isNothing(item.key) ? this.#missing(before, before.end) : this.#node(item.key, before);
    const between = this.#notes.props(
      item.sep ?? [],
      'map-value-ind',
      key.end,
      isNothing(item.key) || item.key.type === 'block-scalar',
    );
    const colon = between.indicator?.offset;
    if (flow && colon === undefined && item.value !== undefined)
      this.#notes.invalid(item.value.offset, 'a comma or a colon is missing');
    const after = colon === undefined ? key.end : colon + 1;
    const value =
      item.value === undefined
        ? this.#missing(between, between.anchor === undefined && between.tag === undefined ? after : between.end)
        : this.#node(item.value, between);
    return { key, value, colon };
  }

  /** An anchor may stand before nothing; aliases repeat that. */
  #missing(props: Props, at: number): YamlNode {
    const node = missing(props, at);
    if (props.anchor !== undefined) this.#anchors.set(props.anchor, node);
    return node;
  }

  #checkDuplicate(seen: Set<string>, key: YamlNode): void {
    if (key.kind !== 'scalar') return;
    if (!seen.has(key.text)) {
      seen.add(key.text);
      return;
    }
    this.#notes.problem('yaml-duplicate-key', message(words.yamlDuplicateKey, { key: key.text }), key.start, key.end);
  }

  #blockList(token: BlockSequence, props: Props): YamlNode {
    const items: YamlNode[] = [];
    const dashes: number[] = [];
    let end = token.offset;
    for (const { start, value } of token.items) {
      const before = this.#notes.props(start, 'seq-item-ind', end, true);
      if (before.indicator === undefined) {
        if (value === undefined && before.anchor === undefined && before.tag === undefined) continue;
        this.#notes.invalid(value?.offset ?? before.end, 'a list item without a dash');
      }
      const item =
        value === undefined
          ? this.#missing(before, before.indicator === undefined ? before.end : before.indicator.offset + 1)
          : this.#node(value, before);
      items.push(item);
      dashes.push(before.indicator?.offset ?? item.start);
      end = Math.max(end, item.end);
    }
    return { kind: 'list', flow: false, items, dashes, ...placed(props, token.offset, end) };
  }

  #flow(token: FlowCollection, props: Props): YamlNode {
    const isMap = token.start.source === '{';
    const pairs: YamlPair[] = [];
    const items: YamlNode[] = [];
    const seen = new Set<string>();
    let at = token.offset + 1;
    for (const [index, item] of token.items.entries()) {
      const before = this.#notes.props(item.start, 'explicit-key-ind', at, false);
      at = before.end;
      const bare = before.anchor === undefined && before.tag === undefined && before.indicator === undefined;
      if (bare && item.sep === undefined && item.value === undefined && isNothing(item.key)) {
        if (before.comma !== undefined && (index === 0 || index < token.items.length - 1))
          this.#notes.invalid(before.comma.offset, 'unexpected comma');
        continue;
      }
      if (index === 0 ? before.comma !== undefined : before.comma === undefined)
        this.#notes.invalid(before.start, index === 0 ? 'unexpected comma' : 'a comma is missing');
      if (!isMap && item.sep === undefined && before.indicator === undefined) {
        const node = item.value === undefined ? this.#missing(before, before.end) : this.#node(item.value, before);
        items.push(node);
        at = node.end;
        continue;
      }
      const pair = this.#pair(item, before, true);
      at = Math.max(pair.value.end, pair.key.end);
      if (isMap) this.#checkDuplicate(seen, pair.key);
      if (isMap) pairs.push(pair);
      else items.push({ kind: 'map', flow: true, pairs: [pair], ...placed(noProps(at), pair.key.start, at) });
    }
    const end = this.#flowEnd(token, isMap ? '}' : ']', at);
    const place = placed(props, token.offset, end);
    return isMap ? { kind: 'map', flow: true, pairs, ...place } : { kind: 'list', flow: true, items, dashes: [], ...place };
  }

  #flowEnd(token: FlowCollection, closing: string, at: number): number {
    const [last, ...rest] = token.end;
    if (last?.source === closing) {
      this.#notes.trailing(rest);
      return last.offset + 1;
    }
    this.#notes.invalid(at, `${closing} is missing`);
    this.#notes.trailing(rest);
    return at;
  }
}

function isNothing(token: Token | null | undefined): token is null | undefined {
  return token === null || token === undefined;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
