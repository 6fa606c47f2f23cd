import { formatBytes, mebibytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import { heapSettings } from '../../memory/node-options.ts';
import type { Rule } from '../rule.ts';
import { setInService } from '../service-edits.ts';

export const heapCapMissing: Rule<Stack, 'noCap' | 'cap'> = {
  id: 'heap-cap-missing',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A Node program under a memory limit that its default heap exceeds.',
    why: 'Without a cap Node lets its old space grow to half of the container’s limit, but never to less than 256 MiB. Under a limit of 256M or less it collects too late: the kernel kills it where Node itself would have cleaned up.',
    instead: 'Set `NODE_OPTIONS: --max-old-space-size=…` to the limit less 80 MiB.',
    references: [
      'https://github.com/nodejs/node/issues/64646',
      'https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib',
    ],
    invalid: ['services:\n  web:\n    image: node:20-alpine\n    command: node server.js\n    mem_limit: 192M\n'],
    valid: [
      'services:\n  web:\n    image: node:20-alpine\n    command: node server.js\n    mem_limit: 192M\n    environment:\n      NODE_OPTIONS: --max-old-space-size=112\n',
      'services:\n  web:\n    image: node:20-alpine\n    command: node server.js\n',
      'services:\n  web:\n    image: node:20-alpine\n    command: node server.js\n    mem_limit: 1G\n',
    ],
  },
  messages: {
    noCap: 'Node lets its heap grow to {heap} here, and the limit is {limit}: it is killed before it cleans up',
    cap: 'Cap the heap at {size} MiB (the limit less 80)',
  },
  *check({ memory, yaml }) {
    for (const { service, limit, inputs, runtime } of memory()) {
      if (limit === undefined || (runtime !== 'node' && runtime !== 'nextjs')) continue;
      const heap = heapSettings(inputs);
      if (heap === undefined || heap.explicit || mebibytes(heap.oldSpace) < limit) continue;
      const size = Math.floor(limit / mebibytes(1)) - 80;
      const written = service.environment.has('NODE_OPTIONS');
      const edits =
        size < 32 || written
          ? undefined
          : setInService(yaml, service, ['environment', 'NODE_OPTIONS'], `--max-old-space-size=${size}`, {
              after: ['image', 'command'],
            });
      yield {
        message: 'noCap',
        data: { heap: formatBytes(mebibytes(heap.oldSpace)), limit: formatBytes(limit) },
        span: service.memory.deployLimit?.spans[0] ?? service.memory.limit?.spans[0] ?? service.nameSpan,
        fixes: edits === undefined ? [] : [{ title: 'cap', data: { size }, safety: 'review', edits }],
      };
    }
  },
};
