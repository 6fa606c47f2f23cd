import { formatBytes, type Bytes } from '../../../base/bytes.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Located } from '../../documents/located.ts';
import { writtenLimit } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';

export const memoryMountAboveLimit: Rule<Stack, 'shm' | 'tmpfs' | 'limit'> = {
  id: 'memory-mount-above-limit',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'A `shm_size` or tmpfs that is larger than the memory limit of its service.',
    why: 'What is written there is charged to the container. It promises room that the limit does not have: before it is full, the container is killed.',
    instead: 'Keep shared memory and tmpfs well under the limit, together with what the program itself needs.',
    references: ['https://docs.docker.com/engine/storage/tmpfs/'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    shm_size: 256M\n',
      'services:\n  app:\n    image: app\n    mem_limit: 64M\n    tmpfs: /cache:size=64m\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 256M\n    shm_size: 64M\n',
      'services:\n  db:\n    image: postgres:16\n    shm_size: 1G\n',
    ],
  },
  messages: {
    shm: 'shm_size of {size} is charged to a limit of {limit}: it is killed before that is full',
    tmpfs: 'A tmpfs of {size} is charged to a limit of {limit}: it is killed before that is full',
    limit: 'the limit',
  },
  *check({ model }) {
    for (const service of model.services) {
      const limit = writtenLimit(service);
      if (limit?.value === undefined || limit.value <= 0) continue;
      const { shm, tmpfs } = service.memory;
      const mounts: (readonly ['shm' | 'tmpfs', Located<Bytes> | undefined])[] = [
        ['shm', shm],
        ...tmpfs.map(({ size }) => ['tmpfs', size] as const),
      ];
      for (const [message, size] of mounts) {
        if (size?.value === undefined || size.value < limit.value) continue;
        yield {
          message,
          data: { size: formatBytes(size.value), limit: formatBytes(limit.value) },
          span: size.spans[0],
          related: [{ message: 'limit', span: limit.spans[0] }],
        };
      }
    }
  },
};
