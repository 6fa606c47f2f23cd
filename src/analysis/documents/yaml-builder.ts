import { message } from '../../base/message.ts';
import { span } from '../../base/span.ts';
import type { SourceText } from './source.ts';
import { text as words } from './text.ts';
import {
  scalarText,
  type BlockMap,
  type BlockScalar,
  type BlockSequence,
  type ConcreteDocument,
  type FlowCollection,
  type FlowScalar,
  type SourceToken,
  type Token,
} from './yaml.ts';
import type { ScalarStyle, YamlComment, YamlDocument, YamlFile, YamlNode, YamlPair, YamlProblem } from './yaml-tree.ts';

/** Real files stay under 20. The bound keeps every later recursion far from the end of the stack. */
const DEEPEST = 200;

/** What stands before a value: its tag and anchor, and where the indicator (`:` `-` `?`) was. */
interface Props {
  tag: string | undefined;
  anchor: string | undefined;
  start: number;
  indicator: SourceToken | undefined;
  comma: SourceToken | undefined;
  newline: boolean;
  end: number;
}

/** Turns the parser's tokens into our tree, checking on the way what the package's composer would check. */
export class YamlBuilder {
  readonly #source: SourceText;
  readonly #documents: YamlDocument[] = [];
  readonly #comments: YamlComment[] = [];
  readonly #problems: YamlProblem[] = [];
  #anchors = new Map<string, YamlNode | 'open'>();
  #depth = 0;

  constructor(source: SourceText) {
    this.#source = source;
  }

  next(token: Token): void {
    if (token.type === 'document') this.#document(token);
    else if (token.type === 'error') this.#invalid(token.offset, token.message);
    else if (token.type === 'comment') this.#comment(token);
    else if (token.type === 'doc-end') this.#trailing(token.end);
  }

  finish(): YamlFile {
    this.#comments.sort((a, b) => a.start - b.start);
    this.#problems.sort((a, b) => a.span.start - b.span.start);
    return {
      source: this.#source,
      documents: this.#documents,
      comments: this.#comments,
      problems: this.#problems,
      skipped: false,
    };
  }

  #document(token: ConcreteDocument): void {
    this.#anchors = new Map();
    const props = this.#props(token.start, 'doc-start', token.offset, true);
    const root = token.value === undefined ? undefined : this.#node(token.value, props);
    this.#trailing(token.end);
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
        return this.#flowScalar(token, props);
      case 'block-scalar':
        return this.#blockScalar(token, props);
      case 'alias':
        return this.#alias(token, props);
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        return this.#collection(token, props);
      default:
        this.#invalid(token.offset, `unexpected ${token.type}`);
        return this.#missing(props, token.offset);
    }
  }

  #collection(token: BlockMap | BlockSequence | FlowCollection, props: Props): YamlNode {
    if (this.#depth >= DEEPEST) {
      const problem = message(words.yamlTooDeep, { depth: DEEPEST });
      this.#problems.push({
        code: 'yaml-too-deep',
        message: problem,
        span: span(this.#source.file, token.offset, token.offset + 1),
      });
      return this.#missing(props, token.offset);
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

  #flowScalar(token: FlowScalar, props: Props): YamlNode {
    const { offset, source } = token;
    if (token.end !== undefined) this.#trailing(token.end);
    if (source === '' && token.type === 'scalar') return this.#missing(props, offset);
    const style: ScalarStyle = token.type === 'scalar' ? 'plain' : token.type === 'single-quoted-scalar' ? 'single' : 'double';
    const simple = style === 'plain' && !source.includes('\n') && !ODD_START.test(source);
    const text = simple ? source : this.#decode(token);
    return { kind: 'scalar', text, style, ...placed(props, offset, offset + source.length) };
  }

  #decode(token: FlowScalar | BlockScalar): string {
    return scalarText(token, (offset, reason) => {
      this.#invalid(offset, reason);
    });
  }

  #blockScalar(token: BlockScalar, props: Props): YamlNode {
    let end = token.offset;
    let style: ScalarStyle = 'literal';
    for (const prop of token.props) {
      if (prop.type === 'comment') this.#comment(prop);
      if (prop.type === 'block-scalar-header' && prop.source.startsWith('>')) style = 'folded';
      if ('source' in prop) end = prop.offset + prop.source.length;
    }
    end += token.source.length;
    // The span ends with the last line's text, so that replacing it leaves the line break alone.
    while (end > token.offset + 1 && isBreak(this.#source.text.charCodeAt(end - 1))) end--;
    return { kind: 'scalar', text: this.#decode(token), style, ...placed(props, token.offset, end) };
  }

  #alias(token: FlowScalar, props: Props): YamlNode {
    const name = token.source.slice(1);
    this.#trailing(token.end);
    const target = this.#anchors.get(name);
    const end = token.offset + token.source.length;
    if (target === undefined || target === 'open') {
      const [code, template] =
        target === undefined
          ? (['yaml-unknown-alias', words.yamlUnknownAlias] as const)
          : (['yaml-alias-cycle', words.yamlAliasCycle] as const);
      this.#problems.push({ code, message: message(template, { name }), span: span(this.#source.file, token.offset, end) });
    }
    return { kind: 'alias', name, target: target === 'open' ? undefined : target, ...placed(props, token.offset, end) };
  }

  #blockMap(token: BlockMap, props: Props): YamlNode {
    const pairs: YamlPair[] = [];
    const seen = new Set<string>();
    let end = token.offset;
    for (const item of token.items) {
      const before = this.#props(item.start, 'explicit-key-ind', end, true);
      if (isNothing(item.key) && item.sep === undefined && before.indicator === undefined) {
        if (before.anchor !== undefined || before.tag !== undefined)
          this.#invalid(before.start, 'a tag or anchor without a value');
        continue;
      }
      this.#checkBlockKey(token, item.key, before, item.value);
      const pair = this.#pair(item, before, false);
      if (pair.colon === undefined && before.indicator === undefined)
        this.#invalid(pair.key.start, 'a key must be followed by a colon');
      this.#checkDuplicate(seen, pair.key);
      pairs.push(pair);
      end = Math.max(end, pair.value.end, pair.key.end);
    }
    const start = pairs[0]?.key.outerStart ?? token.offset;
    return { kind: 'map', flow: false, pairs, ...placed(props, Math.min(start, token.offset), end) };
  }

  #checkBlockKey(map: BlockMap, key: Token | null | undefined, before: Props, value: Token | undefined): void {
    if (before.indicator !== undefined || isNothing(key)) return;
    if (key.type === 'block-seq') this.#invalid(key.offset, 'a list may not be a key');
    else if ('indent' in key && key.indent !== map.indent)
      this.#invalid(key.offset, 'all keys of a map must start in the same column');
    else if ('source' in key && key.source.includes('\n')) this.#invalid(key.offset, 'a key must be on one line');
    if (value?.type === 'block-map' && value.offset < lineEnd(this.#source.text, key.offset)) {
      this.#invalid(value.offset, 'a map may not begin on the line of its key');
    }
  }

  #pair(item: { key?: Token | null; sep?: SourceToken[]; value?: Token }, before: Props, flow: boolean): YamlPair {
    const key = isNothing(item.key) ? this.#missing(before, before.end) : this.#node(item.key, before);
    const between = this.#props(
      item.sep ?? [],
      'map-value-ind',
      key.end,
      isNothing(item.key) || item.key.type === 'block-scalar',
    );
    const colon = between.indicator?.offset;
    if (flow && colon === undefined && item.value !== undefined)
      this.#invalid(item.value.offset, 'a comma or a colon is missing');
    const after = colon === undefined ? key.end : colon + 1;
    const value =
      item.value === undefined
        ? this.#missing(between, between.anchor === undefined && between.tag === undefined ? after : between.end)
        : this.#node(item.value, between);
    return { key, value, colon };
  }

  #checkDuplicate(seen: Set<string>, key: YamlNode): void {
    if (key.kind !== 'scalar') return;
    if (!seen.has(key.text)) {
      seen.add(key.text);
      return;
    }
    const problem = message(words.yamlDuplicateKey, { key: key.text });
    this.#problems.push({ code: 'yaml-duplicate-key', message: problem, span: span(this.#source.file, key.start, key.end) });
  }

  #blockList(token: BlockSequence, props: Props): YamlNode {
    const items: YamlNode[] = [];
    const dashes: number[] = [];
    let end = token.offset;
    for (const { start, value } of token.items) {
      const before = this.#props(start, 'seq-item-ind', end, true);
      if (before.indicator === undefined) {
        if (value === undefined && before.anchor === undefined && before.tag === undefined) continue;
        this.#invalid(value?.offset ?? before.end, 'a list item without a dash');
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
      const before = this.#props(item.start, 'explicit-key-ind', at, false);
      at = before.end;
      const bare = before.anchor === undefined && before.tag === undefined && before.indicator === undefined;
      if (bare && item.sep === undefined && item.value === undefined && isNothing(item.key)) {
        if (before.comma !== undefined && (index === 0 || index < token.items.length - 1))
          this.#invalid(before.comma.offset, 'unexpected comma');
        continue;
      }
      if (index === 0 ? before.comma !== undefined : before.comma === undefined)
        this.#invalid(before.start, index === 0 ? 'unexpected comma' : 'a comma is missing');
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
      else items.push({ kind: 'map', flow: true, pairs: [pair], ...placed(NO_PROPS, pair.key.start, at) });
    }
    const end = this.#flowEnd(token, isMap ? '}' : ']', at);
    const place = placed(props, token.offset, end);
    return isMap ? { kind: 'map', flow: true, pairs, ...place } : { kind: 'list', flow: true, items, dashes: [], ...place };
  }

  #flowEnd(token: FlowCollection, closing: string, at: number): number {
    const [last, ...rest] = token.end;
    if (last?.source === closing) {
      this.#trailing(rest);
      return last.offset + 1;
    }
    this.#invalid(at, `${closing} is missing`);
    this.#trailing(rest);
    return at;
  }

  #props(tokens: readonly SourceToken[], indicator: string, at: number, startsLine: boolean): Props {
    const props: Props = {
      tag: undefined,
      anchor: undefined,
      start: -1,
      indicator: undefined,
      comma: undefined,
      newline: startsLine,
      end: at,
    };
    for (const token of tokens) {
      const { type, offset, source } = token;
      props.end = offset + source.length;
      if (type === 'space') {
        if (
          props.newline &&
          indicator !== 'seq-item-ind' &&
          source.includes('\t') &&
          isIndentation(this.#source.text, offset, props.end)
        ) {
          this.#invalid(offset, 'tabs may not indent');
        }
      } else if (type === 'newline') props.newline = true;
      else if (type === 'comment') this.#comment(token);
      else if (type === 'anchor') {
        props.anchor = source.slice(1);
        if (props.start < 0) props.start = offset;
      } else if (type === 'tag') {
        props.tag = source;
        if (props.start < 0) props.start = offset;
      } else if (type === indicator) props.indicator = token;
      else if (type === 'comma') props.comma = token;
      else this.#invalid(offset, `unexpected ${source.trim() === '' ? type : source}`);
    }
    if (props.start < 0) props.start = props.end;
    return props;
  }

  #trailing(tokens: readonly SourceToken[] | undefined): void {
    if (tokens === undefined) return;
    for (const token of tokens) {
      if (token.type === 'comment') this.#comment(token);
      else if (token.type !== 'space' && token.type !== 'newline') this.#invalid(token.offset, `unexpected ${token.source}`);
    }
  }

  #comment(token: { offset: number; source: string }): void {
    this.#comments.push({ start: token.offset, end: token.offset + token.source.length });
  }

  #missing(props: Props, at: number): YamlNode {
    const node: YamlNode = { kind: 'scalar', text: '', style: 'missing', ...placed(props, at, at) };
    if (props.anchor !== undefined && this.#anchors.get(props.anchor) !== 'open') this.#anchors.set(props.anchor, node);
    return node;
  }

  #invalid(offset: number, reason: string): void {
    const start = Math.max(0, Math.min(offset, this.#source.text.length));
    const end = Math.min(start + 1, this.#source.text.length);
    this.#problems.push({
      code: 'yaml-invalid',
      message: message(words.yamlInvalid, { reason }),
      span: span(this.#source.file, start, end),
    });
  }
}

const NO_PROPS: Props = {
  tag: undefined,
  anchor: undefined,
  start: -1,
  indicator: undefined,
  comma: undefined,
  newline: false,
  end: 0,
};
const ODD_START = /^[\t,%|>@`]/;

function placed({ tag, anchor, start: propsStart }: Props, start: number, end: number) {
  return { start, end, tag, anchor, outerStart: tag === undefined && anchor === undefined ? start : propsStart };
}

function isNothing(token: Token | null | undefined): token is null | undefined {
  return token === null || token === undefined;
}

function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13;
}

function isIndentation(text: string, start: number, end: number): boolean {
  const after = text[end];
  return (
    (start === 0 || isBreak(text.charCodeAt(start - 1))) && after !== undefined && after !== '#' && !isBreak(text.charCodeAt(end))
  );
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
