import type { Finding, Severity } from '../../analysis/rules/rule.ts';
import { message, render } from '../../base/message.ts';
import { text } from '../text.ts';
import type { Terminal } from '../verb.ts';
import type { Format, Report } from './format.ts';
import { printable } from './printable.ts';

/** For people: grouped by file, the place first, the rule last, what a fix would do beneath. */
export const plain: Format = {
  name: 'text',
  print(report, terminal) {
    const files = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      const name = report.shown(finding.span.file);
      files.set(name, [...(files.get(name) ?? []), finding]);
    }
    const blocks = [...files].map(([file, findings]) => block(file, findings, report, terminal));
    return [...blocks, summary(report, terminal)].join('\n');
  },
};

const COLORS: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '36', hint: '90' };

function block(file: string, findings: readonly Finding[], report: Report, terminal: Terminal): string {
  const paint = (code: string, words: string): string => (terminal.color ? `\u001b[${code}m${words}\u001b[0m` : words);
  const lines = findings.flatMap(({ span, severity, message: said, rule, related, fixes }) => {
    const { line, column } = report.place(span);
    const head = `  ${`${line}:${column}`.padEnd(8)} ${paint(COLORS[severity], severity.padEnd(7))}  ${printable(render(said, terminal.translate))}  ${paint('90', rule)}`;
    const places = related.map((each) => {
      const at = report.place(each.span);
      const place = `${report.shown(each.span.file)}:${at.line}:${at.column}`;
      return detail(
        render(message(text.related, { place, message: render(each.message, terminal.translate) }), terminal.translate),
      );
    });
    const answers = fixes.map(({ title }) =>
      detail(render(message(text.fixLine, { title: render(title, terminal.translate) }), terminal.translate)),
    );
    return [head, ...places, ...answers];
  });
  return `${paint('1', printable(file))}\n${lines.join('\n')}\n`;
}

function detail(words: string): string {
  return `                    ${printable(words)}`;
}

function summary({ findings, files }: Report, terminal: Terminal): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  const fixable = findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe')).length;
  const say = (template: string, data: Readonly<Record<string, number>>): string =>
    `${render(message(template, data), terminal.translate)}\n`;
  if (findings.length === 0) return say(text.nothingFound, { files: files.length });
  const counted = say(text.counted, { errors, warnings, others: findings.length - errors - warnings, files: files.length });
  return fixable === 0 ? counted : counted + say(text.fixable, { count: fixable });
}
