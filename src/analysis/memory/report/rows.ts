import { message, render, type Translate } from '../../../base/message.ts';
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
  const shown = agents.filter(({ board }) => board.architectures.includes('arm64') || board.id === chosen?.board.id);
  const columns = counts.map((count) =>
    count === 1 ? translate(text.oneAgent) : render(message(text.agentsColumn, { count }), translate),
  );
  const rows = [...new Set(shown.map((row) => row.budget.total))].map((total) => {
    const alike = shown.filter((row) => row.budget.total === total);
    const name = alike.find((row) => row.board.id === chosen?.board.id) ?? alike[0];
    const cells = counts.map((count) => {
      const row = alike.find((each) => each.count === count);
      return row === undefined ? '' : verdictWord(row.verdict, translate);
    });
    return [name?.board.id ?? '', ...cells];
  });
  return [[translate(text.board), ...columns], ...rows];
}

/** What a fit gives each service: its limit, the settings that were turned down, and what that cost. */
export function fitRows({ fit }: BudgetReport, translate: Translate): string[][] {
  if (fit?.fits !== true) return [];
  return fit.services.map(({ memory, limit, changes, gaveUp }) => [
    serviceName(memory, translate),
    size(limit),
    [
      ...changes.map(({ setting, before, after }) => `${setting} ${before} → ${after}`),
      ...(gaveUp === 'load' ? [translate(text.losesLoad)] : []),
    ].join(', '),
  ]);
}
