import type { TextEdit } from '../../../base/edit.ts';
import { span } from '../../../base/span.ts';
import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { quoteIfNeeded } from '../../documents/postgres/quoting.ts';
import type { Data, FixReport } from '../rule.ts';

/** Another value in the place of the one written. On a command line there is no quoting; in a file quotes stay quotes. */
export function rewriteValue(setting: ConfSetting, value: string): readonly TextEdit[] {
  if (!isEditable(setting)) return [];
  if (setting.quoting === 'argument') return [{ span: setting.valueSpan, text: value }];
  const quoted = setting.quoting === 'quoted' && /^[\w.:/-]*$/.test(value);
  return [{ span: setting.valueSpan, text: quoted ? `'${value}'` : quoteIfNeeded(value) }];
}

/** A fix that writes another value; none where the value doesn't stand in the file as such. */
export function rewriting<M extends string>(
  title: M,
  setting: ConfSetting,
  better: string,
  safety: 'safe' | 'review' = 'review',
): FixReport<M>[] {
  return offered(title, { better }, rewriteValue(setting, better), safety);
}

export function offered<M extends string>(
  title: M,
  data: Data,
  edits: readonly TextEdit[],
  safety: 'safe' | 'review' = 'review',
): FixReport<M>[] {
  return edits.length === 0 ? [] : [{ title, data, safety, edits }];
}

/** A word of a command line that was put together from variables can't be changed in its middle. */
export function isEditable({ quoting }: ConfSetting): boolean {
  return quoting !== 'unplaced';
}

/** Takes the whole line away, its comment and its line end too. Words of a command line can't be taken apart so. */
export function removeLine(conf: PostgresConf, setting: ConfSetting): readonly TextEdit[] {
  if (conf.form === 'arguments') return [];
  const { text } = conf.source;
  const start = text.lastIndexOf('\n', setting.span.start - 1) + 1;
  const end = text.indexOf('\n', setting.span.end);
  return [{ span: span(setting.span.file, start, end < 0 ? text.length : end + 1), text: '' }];
}

/** A new line at the file's end, where it decides over what the file says so far. */
export function appendLine(conf: PostgresConf, line: string): readonly TextEdit[] {
  if (conf.form === 'arguments') return [];
  const { text, file } = conf.source;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? '' : lineEnd;
  return [{ span: span(file, text.length, text.length), text: `${before}${line}${lineEnd}` }];
}
