import type { Finding } from '../../analysis/rules/rule.ts';
import { render } from '../../base/message.ts';
import type { Format, Report } from './format.ts';

/** JUnit's XML: a suite for each file; a file without findings has one case that passed. */
export const junit: Format = {
  name: 'junit',
  print(report) {
    const files = [...new Set([...report.files, ...report.findings.map(({ span }) => span.file)])].sort();
    const suites = files.map((file) =>
      suite(
        report.shown(file),
        report.findings.filter(({ span }) => span.file === file),
        report,
      ),
    );
    const failures = report.findings.filter(fails).length;
    const tests = files.reduce(
      (sum, file) => sum + Math.max(1, report.findings.filter(({ span }) => span.file === file).length),
      0,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="headroom" tests="${tests}" failures="${failures}">\n${suites.join('')}</testsuites>\n`;
  },
};

function suite(name: string, findings: readonly Finding[], report: Report): string {
  const cases =
    findings.length === 0
      ? [`    <testcase name="${xml(name)}" classname="headroom"/>\n`]
      : findings.map((finding) => testcase(finding, report));
  const failures = findings.filter(fails).length;
  return `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}">\n${cases.join('')}  </testsuite>\n`;
}

function testcase(finding: Finding, report: Report): string {
  const { rule, severity, message, span } = finding;
  const { line, column } = report.place(span);
  const place = `${report.shown(span.file)}:${line}:${column}`;
  const head = `    <testcase name="${xml(`${rule} at ${place}`)}" classname="headroom.${xml(rule)}"`;
  if (!fails(finding)) return `${head}><system-out>${xml(`${severity}: ${render(message)}`)}</system-out></testcase>\n`;
  return `${head}><failure type="${severity}" message="${xml(render(message))}">${xml(place)}</failure></testcase>\n`;
}

/** What `check` fails on where nobody says otherwise. */
function fails({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

function xml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  // XML has no way at all to write most control characters.
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
