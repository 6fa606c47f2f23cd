import { CST, Parser } from 'yaml';
import { message } from '../../base/message.ts';
import { once } from '../../base/once.ts';
import { span } from '../../base/span.ts';
import type { SourceText } from './source.ts';
import { text as words } from './text.ts';
import { YamlBuilder } from './yaml-builder.ts';
import { habitsOf } from './yaml-layout.ts';
import { parseQuickly } from './yaml-quick.ts';
import type { ParsedYaml, YamlFile } from './yaml-tree.ts';

/*
 * The only file that imports `yaml`. It builds its tree from the package's concrete syntax rather than from
 * `parseDocument`: the tokens cost 60 % of what a document costs (130 of 220 ms at 1,000 services), keep every
 * place, and leave types, merge keys and duplicate keys to us, where neither schema of the package does what
 * Compose's YAML library does.
 */

export type Token = CST.Token;
export type SourceToken = CST.SourceToken;
export type FlowScalar = CST.FlowScalar;
export type BlockScalar = CST.BlockScalar;
export type BlockMap = CST.BlockMap;
export type BlockSequence = CST.BlockSequence;
export type FlowCollection = CST.FlowCollection;
export type ConcreteDocument = CST.Document;

/** Compose files are kilobytes; what is larger is something else, and reading it would hold up the editor. */
export const LARGEST_TEXT = 1_000_000;

/** Parses any text. It never throws: what is wrong is listed, and the tree holds what could be understood. */
export function parseYaml(source: SourceText): YamlFile {
  const { file, text } = source;
  if (text.length > LARGEST_TEXT) {
    const problem = {
      code: 'file-too-large',
      message: message(words.fileTooLarge, { size: text.length }),
      span: span(file, 0, 0),
    };
    return withHabits({ source, documents: [], comments: [], problems: [problem], skipped: true });
  }
  return withHabits(parseQuickly(source) ?? parseThoroughly(source));
}

function withHabits(parsed: ParsedYaml): YamlFile {
  return { ...parsed, habits: once(() => habitsOf(parsed)) };
}

/** By way of the package's parser, which knows all of YAML. */
export function parseThoroughly(source: SourceText): ParsedYaml {
  const builder = new YamlBuilder(source);
  for (const token of new Parser().parse(source.text)) builder.next(token);
  return builder.finish();
}

/** What a quoted, folded or otherwise composed scalar stands for. */
export function scalarText(token: FlowScalar | BlockScalar, onError: (offset: number, message: string) => void): string {
  const report = (offset: number, _code: string, text: string) => {
    onError(offset, text);
  };
  return CST.resolveAsScalar(token, true, report).value;
}
