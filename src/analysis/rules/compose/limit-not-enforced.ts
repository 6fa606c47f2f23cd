import type { Stack } from '../../documents/compose/model.ts';
import { writtenLimit } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';

export const limitNotEnforced: Rule<Stack, 'ignored' | 'one'> = {
  id: 'limit-not-enforced',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'The stack sets memory limits, and the connected host ignores them.',
    why: 'Raspberry Pi OS starts with the memory cgroup switched off. Docker accepts every limit, warns once while it creates the container, and enforces none.',
    instead:
      'Add `cgroup_enable=memory` to the one line of `/boot/firmware/cmdline.txt` and reboot. "Check this Pi" does it step by step.',
    references: ['https://github.com/raspberrypi/linux/issues/6980'],
    invalid: [],
    valid: ['services:\n  web:\n    image: nginx:alpine\n    mem_limit: 64M\n'],
  },
  messages: {
    ignored:
      'The connected host ignores memory limits: its memory cgroup is switched off, so none of these {count} protects anything',
    one: '{service}: {limit}, not enforced',
  },
  *check({ model, surroundings: { host } }) {
    if (host?.limitsEnforced !== false) return;
    const limited = model.services.flatMap((service) => {
      const limit = service.active ? writtenLimit(service) : undefined;
      return limit === undefined ? [] : [{ service, limit }];
    });
    if (limited.length === 0) return;
    yield {
      message: 'ignored',
      data: { count: limited.length },
      span: model.anchor,
      related: limited.map(({ service, limit }) => ({
        message: 'one' as const,
        data: { service: service.name, limit: limit.text },
        span: limit.spans[0],
      })),
    };
  },
};
