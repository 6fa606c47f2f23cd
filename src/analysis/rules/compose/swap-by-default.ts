import { composeSize, formatBytes } from '../../../base/bytes.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import { writtenLimit } from '../../memory/stack-memory.ts';
import type { FixReport, Rule } from '../rule.ts';
import type { Files } from '../../memory/fit/limit-edits.ts';
import { setInService } from '../service-edits.ts';

type Messages = 'zram' | 'card' | 'several' | 'one' | 'forbid';

export const swapByDefault: Rule<Stack, Messages> = {
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
    several: '{count} service(s) may take their limit again in swap: Docker allows it where memswap_limit is missing',
    one: '{service}: {limit} on top',
    forbid: 'Set memswap_limit of {service} to {size}: no swap',
  },
  *check({ model, surroundings: { board, host }, yaml }) {
    if ((board === undefined && host === undefined) || host?.swap?.medium === 'none') return;
    const open = model.services.filter(({ active }) => active).flatMap((service) => withoutSwapLimit(service, yaml));
    const medium = host?.swap?.medium;
    if (medium === 'zram' || medium === 'card')
      for (const { limit, fix } of open)
        yield { message: medium, severity: 'info', data: { limit: formatBytes(limit.value) }, span: limit.span, fixes: fix };
    // Where nobody knows what the swap is made of, one quiet word for the stack is enough.
    else if (open.length > 0)
      yield {
        message: 'several',
        data: { count: open.length },
        span: model.anchor,
        related: open.map(({ service, limit }) => ({
          message: 'one' as const,
          data: { service, limit: formatBytes(limit.value) },
          span: limit.span,
        })),
        fixes: open.flatMap(({ fix }) => fix),
      };
  },
};

function withoutSwapLimit(service: Service, files: Files) {
  const limit = writtenLimit(service);
  if (limit?.value === undefined || limit.value <= 0 || service.memory.swapLimit !== undefined) return [];
  const size = composeSize(limit.value);
  const edits = setInService(files, service, ['memswap_limit'], size, { after: ['mem_limit'] });
  const data = { service: service.name, size };
  const fix: FixReport<Messages>[] = edits === undefined ? [] : [{ title: 'forbid', data, safety: 'review', edits }];
  return [{ service: service.name, limit: { value: limit.value, span: limit.spans[0] }, fix }];
}
