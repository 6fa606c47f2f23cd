import { composeSize, formatBytes, type Bytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Located } from '../../documents/located.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { FixReport, Rule } from '../rule.ts';

export const swapLimitRefused: Rule<Stack, 'below' | 'alone' | 'limit' | 'raise'> = {
  id: 'swap-limit-refused',
  appliesTo: 'compose',
  severity: 'error',
  group: 'memory',
  docs: {
    what: 'A `memswap_limit` below the memory limit, or without one.',
    why: '`memswap_limit` counts memory and swap together. Docker refuses a container whose sum is smaller than its memory alone, and one that has the sum without the memory.',
    instead: 'Set it to the memory limit to forbid swap, to more than that to allow the difference, or to -1 for no bound.',
    references: ['https://docs.docker.com/engine/containers/resource_constraints/#--memory-swap-details'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    memswap_limit: 64M\n',
      'services:\n  db:\n    image: postgres:16\n    memswap_limit: 128M\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    memswap_limit: 128M\n',
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    memswap_limit: -1\n',
      'services:\n  db:\n    image: postgres:16\n    memswap_limit: 0\n',
    ],
  },
  messages: {
    below:
      'memswap_limit counts memory and swap together: {swap} is less than the memory limit alone ({limit}), and Docker refuses that',
    alone: 'memswap_limit needs a memory limit beside it: Docker refuses the one without the other',
    limit: 'the memory limit',
    raise: 'Set memswap_limit to {limit}: no swap',
  },
  *check({ model }) {
    for (const { memory } of model.services) {
      const swap = memory.swapLimit;
      // Zero is ignored and -1 means no bound.
      if (swap?.value === undefined || swap.value <= 0) continue;
      const limit = memory.deployLimit ?? memory.limit;
      if (limit === undefined) yield { message: 'alone', span: swap.key ?? swap.spans[0] };
      else if (limit.value !== undefined && swap.value < limit.value)
        yield {
          message: 'below',
          data: { swap: formatBytes(swap.value), limit: formatBytes(limit.value) },
          span: swap.spans[0],
          related: [{ message: 'limit', span: limit.spans[0] }],
          fixes: raise(swap, limit.value),
        };
    }
  },
};

function raise(swap: Located<Bytes>, limit: Bytes): FixReport<'raise'>[] {
  const edits = rewrite(swap, composeSize(limit));
  return edits === undefined ? [] : [{ title: 'raise', data: { limit: composeSize(limit) }, safety: 'safe', edits }];
}
