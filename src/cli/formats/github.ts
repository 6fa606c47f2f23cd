import type { Severity } from '../../analysis/rules/rule.ts';
import { render } from '../../base/message.ts';
import type { Format } from './format.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** Workflow commands: GitHub shows them as annotations on the changed lines. */
export const github: Format = {
  name: 'github',
  print: (report) =>
    report.findings
      .map(({ rule, severity, message, span }) => {
        const { line, column, endLine, endColumn } = report.place(span);
        const place = Object.entries({ file: report.shown(span.file), line, endLine, col: column, endColumn, title: rule });
        const properties = place.map(([name, value]) => `${name}=${property(String(value))}`).join(',');
        return `::${COMMANDS[severity]} ${properties}::${data(render(message))}\n`;
      })
      .join(''),
};

/** As the runner's own toolkit escapes: a message must not begin another command. */
function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
