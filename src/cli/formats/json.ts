import type { Finding } from '../../analysis/rules/rule.ts';
import { render } from '../../base/message.ts';
import type { Format, Report } from './format.ts';

/** For scripts: always English, sizes and places as numbers. Its shape is documented and doesn't change within version 1. */
export const json: Format = {
  name: 'json',
  print: (report) =>
    `${JSON.stringify({ version: 1, findings: report.findings.map((finding) => asJson(finding, report)) }, null, 2)}\n`,
};

function asJson({ rule, group, severity, span, message, related, fixes }: Finding, report: Report): unknown {
  return {
    file: report.shown(span.file),
    rule,
    group,
    severity,
    ...report.place(span),
    message: render(message),
    docs: `media/rules/${rule}.md`,
    related: related.map((each) => {
      const { line, column } = report.place(each.span);
      return { file: report.shown(each.span.file), line, column, message: render(each.message) };
    }),
    fixes: fixes.map(({ title, safety, edits }) => ({
      title: render(title),
      safety,
      edits: edits.map((edit) => ({
        file: report.shown(edit.span.file),
        start: edit.span.start,
        end: edit.span.end,
        text: edit.text,
      })),
    })),
  };
}
