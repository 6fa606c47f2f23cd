import type { Finding, Severity } from '../../analysis/rules/rule.ts';
import { render } from '../../base/message.ts';
import type { Span } from '../../base/span.ts';
import { allRules } from '../rules.ts';
import type { Format, Report } from './format.ts';

/** SARIF 2.1.0, for code scanning. Always English; columns count UTF-16 units, as our places do. */
export const sarif: Format = {
  name: 'sarif',
  print: (report) =>
    `${JSON.stringify(
      {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
          {
            tool: { driver: { name: 'Headroom', rules: rulesOf(report) } },
            columnKind: 'utf16CodeUnits',
            results: report.findings.map((finding) => result(finding, report)),
          },
        ],
      },
      null,
      2,
    )}\n`,
};

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** Only the rules that spoke: a viewer shows their texts beside the findings. */
function rulesOf({ findings }: Report): unknown[] {
  const ids = new Set(findings.map(({ rule }) => rule));
  return allRules
    .filter(({ id }) => ids.has(id))
    .map(({ id, docs, severity, group }) => ({
      id,
      shortDescription: { text: docs.what },
      fullDescription: { text: docs.why },
      help: { text: docs.instead },
      defaultConfiguration: { level: LEVELS[severity] },
      properties: { tags: [group] },
    }));
}

function result({ rule, severity, message, span, related, fixes }: Finding, report: Report): unknown {
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: render(message) },
    locations: [{ physicalLocation: physical(span, report) }],
    ...(related.length > 0 && {
      relatedLocations: related.map((each) => ({
        physicalLocation: physical(each.span, report),
        message: { text: render(each.message) },
      })),
    }),
    ...(fixes.length > 0 && {
      fixes: fixes.map(({ title, edits }) => ({
        description: { text: render(title) },
        artifactChanges: edits.map((edit) => ({
          artifactLocation: { uri: uri(edit.span, report) },
          replacements: [{ deletedRegion: region(edit.span, report), insertedContent: { text: edit.text } }],
        })),
      })),
    }),
  };
}

function physical(span: Span, report: Report): unknown {
  return { artifactLocation: { uri: uri(span, report) }, region: region(span, report) };
}

function region(span: Span, report: Report): unknown {
  const { line, column, endLine, endColumn } = report.place(span);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function uri({ file }: Span, report: Report): string {
  return report.shown(file).split('/').map(encodeURIComponent).join('/');
}
