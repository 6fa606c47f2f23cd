import { composeSize, formatBytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import { writtenLimit } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';
import { setInService } from '../service-edits.ts';

export const swapByDefault: Rule<Stack, 'zram' | 'card' | 'unknown' | 'forbid'> = {
  id: 'swap-by-default',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'memory',
  docs: {
    what: 'A service has a memory limit and no `memswap_limit`.',
    why: 'Docker then allows as much swap again: a limit of 128M is 256M in sum. On current Raspberry Pi OS swap is compressed memory with cold pages written to the card, so part of it is the very memory that the limit was to protect, and part wears the card.',
    instead: 'Set `memswap_limit` to the same value to forbid swap, or leave it where a slow program is better than a dead one.',
    references: ['https://docs.docker.com/engine/containers/resource_constraints/#--memory-swap-details'],
    invalid: [],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    memswap_limit: 128M\n',
      'services:\n  db:\n    image: postgres:16\n',
    ],
  },
  messages: {
    zram: 'Without memswap_limit it may take {limit} of swap on top, which is memory on this host',
    card: 'Without memswap_limit it may take {limit} of swap on top, which wears the card of this host',
    unknown: 'Without memswap_limit it may take {limit} of swap on top',
    forbid: 'Set memswap_limit to {size}: no swap',
  },
  *check({ model, surroundings: { board, host }, yaml }) {
    if ((board === undefined && host === undefined) || host?.swap?.medium === 'none') return;
    const medium = host?.swap?.medium;
    for (const service of model.services) {
      const limit = writtenLimit(service);
      if (limit?.value === undefined || limit.value <= 0 || service.memory.swapLimit !== undefined) continue;
      const size = composeSize(limit.value);
      const edits = setInService(yaml, service, ['memswap_limit'], size, { after: ['mem_limit'] });
      yield {
        message: medium === 'zram' || medium === 'card' ? medium : 'unknown',
        ...(medium === 'zram' || medium === 'card' ? { severity: 'info' as const } : {}),
        data: { limit: formatBytes(limit.value) },
        span: limit.spans[0],
        fixes: edits === undefined ? [] : [{ title: 'forbid', data: { size }, safety: 'review', edits }],
      };
    }
  },
};
