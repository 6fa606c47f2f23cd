import type { Span } from '../../../base/span.ts';
import { boards } from '../boards.ts';
import type { Board } from '../budget.ts';
import type { RegionOrigin } from '../estimate.ts';
import { boardThatWouldDo } from '../fit/boards-that-do.ts';
import { fitStack, type StackFit } from '../fit/fit.ts';
import type { Reserve } from '../reserve.ts';
import { agentsOn, unknownServices, type AgentRow, type ServiceMemory } from '../stack-memory.ts';

/** Everything that `headroom budget` says about one stack, whatever the format. */
export interface BudgetReport {
  readonly stack: string;
  readonly services: readonly ServiceMemory[];
  /** What was asked: so many instances on the chosen board. Undefined until a board is known. */
  readonly chosen: AgentRow | undefined;
  /** Every board with one, two, three … instances. */
  readonly agents: readonly AgentRow[];
  readonly unknown: readonly ServiceMemory[];
  /** Where the stack doesn't fit as it is: limits and settings with which it would, or the finding that none do. */
  readonly fit: StackFit | undefined;
  /** Where the chosen board can't carry it under its heaviest load: the smallest that can. */
  readonly better: Board | undefined;
  readonly place: (span: Span) => string;
}

export interface BudgetRequest {
  readonly stack: string;
  readonly services: readonly ServiceMemory[];
  readonly board: Board | undefined;
  readonly reserve: Reserve;
  /** Up to how many instances side by side the matrix goes. */
  readonly most: number;
  readonly place: (span: Span) => string;
}

export function budgetReport({ stack, services, board, reserve, most, place }: BudgetRequest): BudgetReport {
  const counts = Array.from({ length: most }, (_, at) => at + 1);
  const shown = board === undefined || boards.some(({ id }) => id === board.id) ? boards : [board, ...boards];
  const chosen = board === undefined ? undefined : agentsOn(services, { board, reserve }, 1);
  const lost = chosen?.verdict === 'overcommitted' || chosen?.verdict === 'cannot-fit';
  const fit = lost ? fitStack(services, chosen.budget) : undefined;
  const carried = fit?.fits === true && fit.gaveUp !== 'load';
  return {
    stack,
    services,
    chosen,
    agents: shown.flatMap((each) => counts.map((count) => agentsOn(services, { board: each, reserve }, count))),
    unknown: unknownServices(services),
    fit,
    better: lost && !carried ? boardThatWouldDo(services, reserve) : undefined,
    place,
  };
}

/** Where a region's size comes from, in one line. */
export function originText(from: RegionOrigin, place: (span: Span) => string): string {
  switch (from.kind) {
    case 'file':
      return place(from.span);
    case 'default':
      return from.source;
    case 'formula':
      return from.formula;
    case 'measured':
      return from.measurement;
  }
}
