import type { TextEdit } from '../../../base/edit.ts';
import { formatBytes } from '../../../base/bytes.ts';
import { message, render, type Message, type Translate } from '../../../base/message.ts';
import { span } from '../../../base/span.ts';
import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { quoteIfNeeded } from '../../documents/postgres/quoting.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import { text } from './text.ts';
import type { Tuning } from './tune.ts';

/** A conf file of its own, each value with its reason behind it. */
export function tunedConf(tuning: Tuning, translate?: Translate): string {
  const lines = [...tuning.settings, { name: 'listen_addresses', value: '*', reason: message(text.listen) }].map(
    ({ name, value, reason }) => ({
      line: `${name} = ${quoteIfNeeded(value)}`,
      reason: render(reason, translate),
    }),
  );
  const width = Math.max(...lines.map(({ line }) => line.length));
  const heading = render(headingOf(tuning, translate), translate);
  return `# ${heading}\n${lines.map(({ line, reason }) => `${line.padEnd(width)}  # ${reason}\n`).join('')}`;
}

/** Server arguments as a list of Compose takes them. */
export function tunedWords({ settings }: Tuning): readonly string[] {
  return settings.flatMap(({ name, value }) => ['-c', `${name}=${value}`]);
}

/** What to change in a file that is there: values in their place, what is missing at the end. Other lines stay. */
export function tunedEdits(conf: PostgresConf, tuning: Tuning, translate?: Translate): readonly TextEdit[] {
  const reading = readingOf(conf);
  const edits: TextEdit[] = [];
  const missing: string[] = [];
  for (const { name, value, reason } of tuning.settings) {
    const line = reading.line(name);
    if (line === undefined) missing.push(`${name} = ${quoteIfNeeded(value)}  # ${render(reason, translate)}`);
    else if (!isKept(line) && line.value !== value) edits.push({ span: line.valueSpan, text: quoteIfNeeded(value) });
  }
  if (missing.length === 0) return edits;
  const { text: whole, file } = conf.source;
  const lineEnd = whole.includes('\r\n') ? '\r\n' : '\n';
  const before = whole === '' || whole.endsWith('\n') ? '' : lineEnd;
  return [
    ...edits,
    { span: span(file, whole.length, whole.length), text: before + missing.map((each) => each + lineEnd).join('') },
  ];
}

/** Lines that the user fixed on purpose: `work_mem = 8MB  # headroom-keep`. */
export function keptIn(conf: PostgresConf): ReadonlyMap<string, string> {
  const reading = readingOf(conf);
  const kept = reading.settings.filter((setting) => isKept(setting) && reading.line(setting.name) === setting);
  return new Map(kept.map((setting) => [(reading.definitionOf(setting)?.name ?? setting.name).toLowerCase(), setting.value]));
}

function isKept({ comment }: ConfSetting): boolean {
  return comment !== undefined && /\bheadroom-keep\b/.test(comment);
}

function headingOf({ request, connections, estimate }: Tuning, translate: Translate = (english) => english): Message {
  const { version, limit, storage, workload } = request;
  return message(text.heading, {
    version,
    limit: formatBytes(limit),
    connections,
    storage: translate(storage === 'card' ? text.card : text.ssd),
    workload,
    peak: formatBytes(estimate.peak),
  });
}
