import { bytes, formatBytes } from '../../../base/bytes.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { anchorOf } from './room.shared.ts';

export const pgShmTooSmall: Rule<PostgresConf, 'small' | 'size'> = {
  id: 'pg-shm-too-small',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'Parallel queries whose shared hash tables may outgrow `/dev/shm` of the container.',
    why: 'Workers of one query share memory in `/dev/shm`, which Docker makes 64 MB large. A hash join that needs more ends the query with "could not resize shared memory segment: No space left on device".',
    instead: 'On a Pi, `max_parallel_workers_per_gather = 0`; else raise `shm_size` of the service or lower `work_mem`.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-DYNAMIC-SHARED-MEMORY-TYPE'],
    invalid: ['# headroom: pg=16 limit=4G\nwork_mem = 32MB\nmax_parallel_workers_per_gather = 2\n'],
    valid: [
      '# headroom: pg=16 limit=4G\nwork_mem = 4MB\nmax_parallel_workers_per_gather = 2\n',
      '# headroom: pg=16 limit=4G\nwork_mem = 32MB\nmax_parallel_workers_per_gather = 0\n',
      '# headroom: pg=16 limit=4G shm=512M\nwork_mem = 32MB\n',
      'work_mem = 32MB\n',
    ],
  },
  messages: {
    small:
      'A parallel hash join may need {needed} in /dev/shm, which has {shm}: the query then ends with "No space left on device"',
    size: 'shm_size is set here',
  },
  *check({ model }) {
    const { container } = model;
    if (container === undefined) return;
    const reading = readingOf(model);
    const workers = Math.min(reading.number('max_parallel_workers_per_gather'), reading.number('max_parallel_workers'));
    if (workers === 0 || reading.word('dynamic_shared_memory_type') !== 'posix') return;
    // A parallel hash pools the allowance of all its processes in one table.
    const hash = reading.number('work_mem') * 1024 * Math.max(1, reading.number('hash_mem_multiplier')) * (workers + 1);
    if (hash <= container.shm) return;
    yield {
      message: 'small',
      data: { needed: formatBytes(bytes(hash)), shm: formatBytes(container.shm) },
      span: (reading.line('work_mem') ?? reading.line('max_parallel_workers_per_gather'))?.span ?? anchorOf(model),
      related: container.shmSpan === undefined ? [] : [{ message: 'size', span: container.shmSpan }],
    };
  },
};
