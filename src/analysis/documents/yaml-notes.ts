import { message, type Message } from '../../base/message.ts';
import { span } from '../../base/span.ts';
import type { SourceText } from './source.ts';
import { text as words } from './text.ts';
import type { SourceToken } from './yaml.ts';
import type { YamlComment, YamlProblem, YamlScalar } from './yaml-tree.ts';

/** What stands before a value: its tag and anchor, and where the indicator (`:` `-` `?`) was. */
export interface Props {
  tag: string | undefined;
  anchor: string | undefined;
  start: number;
  indicator: SourceToken | undefined;
  comma: SourceToken | undefined;
  end: number;
}

/** Nothing before the value. */
export function noProps(at: number): Props {
  return { tag: undefined, anchor: undefined, start: -1, indicator: undefined, comma: undefined, end: at };
}

export function placed({ tag, anchor, start: propsStart }: Props, start: number, end: number) {
  return { start, end, tag, anchor, outerStart: tag === undefined && anchor === undefined ? start : propsStart };
}

export function missing(props: Props, at: number): YamlScalar {
  return { kind: 'scalar', text: '', style: 'missing', ...placed(props, at, at) };
}

/** Nobody reads on after a thousand mistakes; a megabyte of quotes has half a million. */
const MOST = 1000;

/** What is noticed while tokens become a tree: comments, problems, and what stands between values. */
export class Notes {
  readonly source: SourceText;
  readonly comments: YamlComment[] = [];
  readonly problems: YamlProblem[] = [];

  constructor(source: SourceText) {
    this.source = source;
  }

  comment(token: { readonly offset: number; readonly source: string }): void {
    this.comments.push({ start: token.offset, end: token.offset + token.source.length });
  }

  problem(code: string, said: Message, start: number, end: number): void {
    if (this.problems.length < MOST) this.problems.push({ code, message: said, span: span(this.source.file, start, end) });
  }

  invalid(offset: number, reason: string): void {
    const start = Math.max(0, Math.min(offset, this.source.text.length));
    this.problem('yaml-invalid', message(words.yamlInvalid, { reason }), start, Math.min(start + 1, this.source.text.length));
  }

  /** What follows a value on its line, and the lines after it. */
  trailing(tokens: readonly SourceToken[] | undefined): void {
    if (tokens === undefined) return;
    for (const token of tokens) {
      if (token.type === 'comment') this.comment(token);
      else if (token.type !== 'space' && token.type !== 'newline') this.invalid(token.offset, `unexpected ${token.source}`);
    }
  }

  props(tokens: readonly SourceToken[], indicator: string, at: number, startsLine: boolean): Props {
    const props = noProps(at);
    let atNewLine = startsLine;
    for (const token of tokens) {
      const { type, offset, source } = token;
      props.end = offset + source.length;
      if (type === 'space') {
        if (atNewLine && indicator !== 'seq-item-ind' && source.includes('\t') && this.#indents(offset, props.end)) {
          this.invalid(offset, 'tabs may not indent');
        }
      } else if (type === 'newline') atNewLine = true;
      else if (type === 'comment') this.comment(token);
      else if (type === 'anchor' || type === 'tag') {
        if (type === 'anchor') props.anchor = source.slice(1);
        else props.tag = source;
        if (props.start < 0) props.start = offset;
      } else if (type === indicator) props.indicator = token;
      else if (type === 'comma') props.comma = token;
      else this.invalid(offset, `unexpected ${source.trim() === '' ? type : source}`);
    }
    if (props.start < 0) props.start = props.end;
    return props;
  }

  #indents(start: number, end: number): boolean {
    const { text } = this.source;
    const after = text[end];
    const startsLine = start === 0 || isBreak(text.charCodeAt(start - 1));
    return startsLine && after !== undefined && after !== '#' && !isBreak(text.charCodeAt(end));
  }
}

export function isBreak(unit: number): boolean {
  return unit === 10 || unit === 13;
}
