import { bytes, formatBytes } from '../../../base/bytes.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { estimateConf } from '../../memory/postgres-conf-estimate.ts';
import { worstCase } from '../../memory/postgres-worst-case.ts';
import type { Rule } from '../rule.ts';
import { anchorOf, roomOf } from './room.shared.ts';

export const pgWorstCaseMemory: Rule<PostgresConf, 'worst'> = {
  id: 'pg-worst-case-memory',
  appliesTo: 'postgres-conf',
  severity: 'info',
  group: 'memory',
  docs: {
    what: 'Settings that fit under ordinary load, but not if every connection sorted at the same moment.',
    why: '`work_mem` counts for each sort and each hash of each query. All connections at once hardly ever use it, but a report that everybody opens on Monday morning may.',
    instead: 'Know the number. To be safe from it, lower `max_connections` (a pool needs few) or `work_mem`.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-WORK-MEM'],
    invalid: [
      '# headroom: pg=16 limit=512M\nshared_buffers = 64MB\nmax_connections = 60\nwork_mem = 8MB\nmaintenance_work_mem = 16MB\nmax_parallel_workers_per_gather = 0\njit = off\n',
    ],
    valid: [
      '# headroom: pg=16 limit=256M\nshared_buffers = 32MB\nmax_connections = 15\nwork_mem = 1MB\nmaintenance_work_mem = 16MB\njit = off\n',
    ],
  },
  messages: {
    worst:
      'If all {connections} connections sorted at once, PostgreSQL would need {worst}; there are {room}. Ordinary load needs {peak}',
  },
  *check({ model, surroundings }) {
    const room = roomOf(model, surroundings);
    if (room === undefined || model.problems.length > 0 || model.container?.role === 'included') return;
    const { peak } = estimateConf(model);
    const { size, connections } = worstCase(model);
    if (peak > room.size || size <= room.size) return;
    const data = { connections, worst: formatBytes(bytes(size)), room: formatBytes(room.size), peak: formatBytes(peak) };
    yield { message: 'worst', data, span: anchorOf(model) };
  },
};
