import { composeSize, formatBytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import { agentsOn, writtenLimit, type ServiceMemory } from '../../memory/stack-memory.ts';
import type { FixReport, Rule } from '../rule.ts';
import { limitEdits, type Files } from '../../memory/fit/limit-edits.ts';

type Messages = 'unlimited' | 'one' | 'limit';

export const unlimitedService: Rule<Stack, Messages> = {
  id: 'unlimited-service',
  appliesTo: 'compose',
  severity: 'info',
  group: 'memory',
  docs: {
    what: 'Services without a limit in a stack that fills its board.',
    why: 'Where memory is short, one service that grows takes it from all others, and the kernel chooses whom to kill. With a limit it is that service which is stopped.',
    instead:
      'Give each service the limit that its runtime needs: the fix inserts it. Where the stack leaves plenty of room, nothing is said.',
    references: ['https://docs.docker.com/engine/containers/resource_constraints/'],
    invalid: [],
    valid: ['services:\n  web:\n    image: nginx:alpine\n'],
  },
  messages: {
    unlimited: '{count} service(s) without a limit on a {board} that has no room to spare: {services}',
    one: '{service}: no limit',
    limit: 'Limit {service} to {size} (peak {peak} + 15 %, rounded up to 8)',
  },
  *check({ model, surroundings, memory, yaml }) {
    const { board, reserve, host, agents } = surroundings;
    if (board === undefined) return;
    const { need, budget } = agentsOn(memory(), { board, reserve, host }, agents);
    // Half of the budget is where one service gone wrong can take the rest down.
    if (need < budget.available / 2) return;
    const open = memory().filter(({ service }) => writtenLimit(service) === undefined);
    if (open.length === 0) return;
    yield {
      message: 'unlimited',
      data: { count: open.length, board: board.name, services: open.map(({ service }) => service.name).join(', ') },
      span: model.anchor,
      related: open.map(({ service }) => ({ message: 'one' as const, data: { service: service.name }, span: service.nameSpan })),
      fixes: open.flatMap((each) => limited(each, model, yaml)),
    };
  },
};

function limited({ service, recommendedLimit, estimate }: ServiceMemory, stack: Stack, files: Files): FixReport<Messages>[] {
  if (recommendedLimit === undefined || !estimate.known) return [];
  const size = composeSize(recommendedLimit);
  const edits = limitEdits(service, recommendedLimit, stack, files, 'one');
  const data = { service: service.name, size, peak: formatBytes(estimate.peak) };
  return edits === undefined ? [] : [{ title: 'limit', data, safety: 'review', edits }];
}
