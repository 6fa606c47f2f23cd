import { message, render, type Translate } from '../../../base/message.ts';
import type { BudgetReport } from './report.ts';
import { agentRows, fitRows, partRows, regionRows, serviceRows } from './rows.ts';
import { alignedTable, markdownTable } from './table.ts';
import { text } from './text.ts';
import { beyondLines, conclusion, missingLines, size } from './wording.ts';

/** For people at a terminal: services, what they are made of, the budget, the agents, and the answer last. */
export function asText(report: BudgetReport, translate: Translate): string {
  const [head = [], ...body] = serviceRows(report, translate);
  const regions = regionRows(report, translate);
  const table = alignedTable([head, ...body], [0, 1]);
  const blocks = [
    [report.stack],
    table,
    alignedTable(namedOnce(regions), [0, 1, 4]).map((line) => `  ${line}`),
    beyondLines(report.services, translate),
    missingLines(report.services, translate),
    budgetBlock(report, translate),
    [translate(text.agentsTitle), ...alignedTable(agentRows(report, translate), LEFT).map((line) => `  ${line}`)],
    fitBlock(report, translate),
    answer(report, translate),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function fitBlock(report: BudgetReport, translate: Translate): readonly string[] {
  const rows = fitRows(report, translate);
  return rows.length === 0 ? [] : [translate(text.fitTitle), ...alignedTable(rows, [0, 2]).map((line) => `  ${line}`)];
}

export function asMarkdown(report: BudgetReport, translate: Translate): string {
  const parts = partRows(report, translate);
  const blocks = [
    [`## ${report.stack}`],
    [answer(report, translate).join('  \n')],
    markdownTable(serviceRows(report, translate), [0, 1]),
    markdownTable(
      [[text.service, text.memory, text.typical, text.peak, text.from].map(translate), ...regionRows(report, translate)],
      [0, 1, 4],
    ),
    [...beyondLines(report.services, translate), ...missingLines(report.services, translate)].map((line) => `- ${line}`),
    parts.length === 0
      ? []
      : markdownTable([['', text.memory, text.from].map((each) => each && translate(each)), ...parts], [0, 2]),
    [`### ${translate(text.agentsTitle)}`],
    markdownTable(agentRows(report, translate), LEFT),
    report.fit?.fits === true ? [`### ${translate(text.fitTitle)}`] : [],
    report.fit?.fits === true
      ? markdownTable([[text.service, text.limit].map(translate).concat(''), ...fitRows(report, translate)], [0, 2])
      : [],
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** A service's name stands at its first region only. */
function namedOnce(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.map(([name = '', ...rest], at) => [rows[at - 1]?.[0] === name ? '' : name, ...rest]);
}

const LEFT = Array.from({ length: 21 }, (_, column) => column);

function budgetBlock(report: BudgetReport, translate: Translate): readonly string[] {
  const { chosen } = report;
  if (chosen === undefined) return [];
  const { available, total } = chosen.budget;
  const head = render(
    message(text.budgetOf, { board: chosen.board.name, available: size(available), total: size(total) }),
    translate,
  );
  return [head, ...alignedTable(partRows(report, translate), [0, 2]).map((line) => `  ${line}`)];
}

function answer(report: BudgetReport, translate: Translate): readonly string[] {
  const better = report.better === undefined ? [] : [render(message(text.better, { board: report.better.name }), translate)];
  const none = report.fit?.fits === false ? [translate(text.noFit)] : [];
  return [conclusion(report, translate), ...none, ...better, translate(text.marginNote)];
}
