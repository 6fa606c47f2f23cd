import { message, render, type Translate } from '../../../base/message.ts';
import type { AgentRow } from '../stack-memory.ts';
import { originText, type BudgetReport } from './report.ts';
import { text } from './text.ts';
import { limitWord, serviceName, size, verdictWord } from './wording.ts';

export function serviceRows({ services }: BudgetReport, translate: Translate): string[][] {
  const head = [text.service, text.runtime, text.limit, text.floor, text.typical, text.peak, text.recommended];
  const rows = services.map((memory) => {
    const { estimate, runtime, recommendedLimit } = memory;
    const unknown = translate(text.unknown);
    const figures = estimate.known ? [estimate.floor, estimate.typical, estimate.peak].map(size) : [unknown, unknown, unknown];
    const recommended = recommendedLimit === undefined ? unknown : size(recommendedLimit);
    return [serviceName(memory, translate), runtime ?? '–', limitWord(memory, translate), ...figures, recommended];
  });
  return [head.map(translate), ...rows];
}

/** One row for each region of each service: what the numbers above are made of. */
export function regionRows({ services, place }: BudgetReport, translate: Translate): string[][] {
  return services.flatMap(({ service, estimate }) =>
    (estimate.known ? estimate.regions : []).map((region) => [
      service.name,
      translate(region.label) + (region.class === 'cache' ? ` (${translate(text.cacheNote)})` : ''),
      size(region.typical),
      size(region.peak),
      originText(region.from, place),
    ]),
  );
}

export function partRows({ chosen }: BudgetReport, translate: Translate): string[][] {
  if (chosen === undefined) return [];
  const { parts, notCounted } = chosen.budget;
  const counted = parts.map((part) => [translate(part.label), size(part.size), translate(part.from)]);
  const beside = notCounted.map((part) => [
    translate(part.label),
    `(${size(part.size)})`,
    `${translate(part.from)}; ${translate(text.notCounted)}`,
  ]);
  return [...counted, ...beside];
}

/** A row for each size of board, a column for each number of instances. Boards with equal memory share a row. */
export function agentRows({ agents, chosen }: BudgetReport, translate: Translate): string[][] {
  const counts = [...new Set(agents.map((row) => row.count))];
  const named = new Map<string, AgentRow[]>();
  for (const row of agents) {
    if (!row.board.architectures.includes('arm64') && row.board.id !== chosen?.board.id) continue;
    const key = row.board.id === chosen?.board.id ? row.board.id : String(row.budget.total);
    if (!shownOnce(named, row, key)) named.set(key, [...(named.get(key) ?? []), row]);
  }
  const columns = counts.map((count) =>
    count === 1 ? translate(text.oneAgent) : render(message(text.agentsColumn, { count }), translate),
  );
  return [[translate(text.board), ...columns], ...[...named.values()].map((rows) => line(rows, counts, translate))];
}

function shownOnce(named: ReadonlyMap<string, readonly AgentRow[]>, row: AgentRow, key: string): boolean {
  return (named.get(key) ?? []).some((other) => other.count === row.count);
}

function line(rows: readonly AgentRow[], counts: readonly number[], translate: Translate): string[] {
  const cells = counts.map((count) => {
    const row = rows.find((each) => each.count === count);
    return row === undefined ? '' : verdictWord(row.verdict, translate);
  });
  return [rows[0]?.board.id ?? '', ...cells];
}
