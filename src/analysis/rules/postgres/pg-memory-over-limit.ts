import { formatBytes } from '../../../base/bytes.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { estimateConf } from '../../memory/postgres-conf-estimate.ts';
import type { Region } from '../../memory/estimate.ts';
import type { Report, Rule } from '../rule.ts';
import { anchorOf, roomOf } from './room.shared.ts';

type Msg = 'overLimit' | 'overBoard' | 'part';

export const pgMemoryOverLimit: Rule<PostgresConf, Msg> = {
  id: 'pg-memory-over-limit',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'Settings with which PostgreSQL will need more memory under ordinary load than its container or its board has.',
    why: 'Shared buffers fill up in the first hours and never shrink; connections keep what they have learnt of the catalogue; every sort takes its own `work_mem`. When the sum passes the limit, the kernel kills a server process, and PostgreSQL restarts all of them.',
    instead: 'Lower the largest part, or raise the limit. `headroom tune postgres --limit 96M` writes settings that fit.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html#RUNTIME-CONFIG-RESOURCE-MEMORY'],
    invalid: [
      '# headroom: pg=16 limit=96M\nshared_buffers = 128MB\nmax_connections = 20\n',
      '# headroom: pg=16 limit=128M\nmax_connections = 100\n',
    ],
    valid: [
      '# headroom: pg=16 limit=128M\nshared_buffers = 24MB\nmax_connections = 15\nwork_mem = 1MB\nmaintenance_work_mem = 16MB\nmax_parallel_workers_per_gather = 0\njit = off\n',
      'shared_buffers = 128MB\n',
    ],
  },
  messages: {
    overLimit: 'With these settings PostgreSQL needs about {peak} under load; the limit of {service} is {room}',
    overBoard: 'With these settings PostgreSQL needs about {peak} under load; the board has {room} for containers',
    part: '{label}: up to {size}',
  },
  *check({ model, surroundings }) {
    const room = roomOf(model, surroundings);
    if (room === undefined || model.problems.length > 0 || model.container?.role === 'included') return;
    const estimate = estimateConf(model);
    if (estimate.peak <= room.size) return;
    const parts = [...estimate.regions].filter((region) => region.class !== 'cache').sort((one, other) => other.peak - one.peak);
    yield {
      message: room.what === 'limit' ? 'overLimit' : 'overBoard',
      data: { peak: formatBytes(estimate.peak), room: formatBytes(room.size), service: model.container?.service ?? '' },
      span: spanOf(parts, model),
      related: relatedTo(parts),
    };
  },
};

/** The line behind the largest part, where this file has it. */
function spanOf(parts: readonly Region[], model: PostgresConf): Report['span'] {
  const written = parts.flatMap(({ from }) => (from.kind === 'file' && from.span.file === model.source.file ? [from.span] : []));
  return written[0] ?? anchorOf(model);
}

function relatedTo(parts: readonly Region[]): NonNullable<Report<Msg>['related']> {
  return parts.flatMap(({ label, peak, from }) =>
    from.kind === 'file' ? [{ message: 'part' as const, data: { label, size: formatBytes(peak) }, span: from.span }] : [],
  );
}
