import { formatBytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Board, Budget } from '../../memory/budget.ts';
import { fitStack } from '../../memory/fit/fit.ts';
import type { Files } from '../../memory/fit/limit-edits.ts';
import { fitEdits } from '../../memory/fit/stack-edits.ts';
import { agentsOn, type ServiceMemory } from '../../memory/stack-memory.ts';
import type { FixReport, Report, Rule } from '../rule.ts';

type Messages = 'cannotFit' | 'over' | 'tight' | 'limit' | 'estimate' | 'floor' | 'fit' | 'fitSettings' | 'fitLoad';

export const stackOverBudget: Rule<Stack, Messages> = {
  id: 'stack-over-budget',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'The services of the stack together need more memory than the board has for containers.',
    why: 'A board without memory does not slow down politely: it swaps to its card, answers no SSH for minutes, and the kernel kills what it likes. The budget is what Linux reports, less what the system, Docker and each container’s shim take; hover over `services` to see the parts.',
    instead:
      'Fit the stack: turn caches and heaps down, share a database between stacks, move what is rarely used into a profile, or take a larger board. `headroom budget` shows where the memory goes.',
    references: [],
    invalid: [],
    valid: ['services:\n  web:\n    image: nginx:alpine\n    mem_limit: 4G\n'],
  },
  messages: {
    cannotFit: 'Cannot fit: the services need {floors} at the very least, and the {board} has {available} for containers',
    over: 'Overcommitted: the services may take {need}, and the {board} has {available} for containers',
    tight: 'Tight: the services may take {need} of the {available} that the {board} has for containers',
    limit: '{service}: limit {size}',
    estimate: '{service}: estimated at {size}',
    floor: '{service}: works from {size} on',
    fit: 'Fit the whole stack into {board}: {need} of {available}',
    fitSettings: 'Fit the whole stack into {board}: {need} of {available}, with caches and heaps turned down',
    fitLoad: 'Fit the whole stack into {board}: {need} of {available}, with less room for heavy load',
  },
  *check({ model, surroundings, memory, yaml }) {
    const { board, reserve, host, agents } = surroundings;
    const services = memory();
    if (board === undefined || services.length === 0) return;
    const { verdict, need, floors, budget } = agentsOn(services, { board, reserve, host }, agents);
    if (verdict === 'fits' || verdict === 'unknown') return;
    const data = {
      need: formatBytes(need),
      floors: formatBytes(floors),
      available: formatBytes(budget.available),
      board: board.name,
    };
    yield {
      message: verdict === 'cannot-fit' ? 'cannotFit' : verdict === 'overcommitted' ? 'over' : 'tight',
      severity: verdict === 'cannot-fit' ? 'error' : verdict === 'overcommitted' ? 'warning' : 'info',
      data,
      span: model.anchor,
      related: contributors(services, verdict === 'cannot-fit'),
      fixes: verdict === 'cannot-fit' ? [] : wholeFit(services, budget, agents, board, yaml),
    };
  },
};

/** One edit for all services: the optimisation weighs them against each other. */
function wholeFit(
  services: readonly ServiceMemory[],
  budget: Budget,
  agents: number,
  board: Board,
  files: Files,
): FixReport<Messages>[] {
  const fit = fitStack(services, budget, agents);
  const edits = fit.fits ? fitEdits(fit, files) : undefined;
  if (!fit.fits || edits === undefined || edits.length === 0) return [];
  const title = { nothing: 'fit', settings: 'fitSettings', load: 'fitLoad' } as const;
  const data = { board: board.name, need: formatBytes(fit.need), available: formatBytes(budget.available) };
  return [{ title: title[fit.gaveUp], data, safety: 'review', edits }];
}

/** The largest first: that is where something can be gained. */
function contributors(services: readonly ServiceMemory[], byFloor: boolean): Report<Messages>['related'] & object {
  return services
    .flatMap(({ service, limit, estimate, replicas }) => {
      const floor = estimate.known ? estimate.floor : undefined;
      const peak = estimate.known ? estimate.peak : undefined;
      const size = byFloor ? floor : (limit ?? peak);
      const message: Messages = byFloor ? 'floor' : limit === undefined ? 'estimate' : 'limit';
      return size === undefined ? [] : [{ message, size: size * replicas, text: formatBytes(size), service, replicas }];
    })
    .sort((one, other) => other.size - one.size)
    .map(({ message, text, service, replicas }) => ({
      message,
      data: { service: replicas === 1 ? service.name : `${service.name} × ${replicas}`, size: text },
      span: service.nameSpan,
    }));
}
