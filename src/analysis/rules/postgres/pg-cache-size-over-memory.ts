import { bytes, formatBytes } from '../../../base/bytes.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';
import { roomOf } from './room.shared.ts';

export const pgCacheSizeOverMemory: Rule<PostgresConf, 'over' | 'write'> = {
  id: 'pg-cache-size-over-memory',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: '`effective_cache_size` larger than the memory that there is.',
    why: 'It allocates nothing, but the planner believes it: with too large a figure it takes index pages to be in memory that have to come from the card each time.',
    instead: 'Write about three quarters of the limit.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-EFFECTIVE-CACHE-SIZE'],
    invalid: ['# headroom: limit=128M\neffective_cache_size = 1GB\n'],
    valid: ['# headroom: limit=128M\neffective_cache_size = 96MB\n', 'effective_cache_size = 1GB\n'],
  },
  messages: {
    over: 'The planner is told of {size} of cache, where {room} is all there is',
    write: 'Write {better}',
  },
  *check({ model, surroundings }) {
    const room = roomOf(model, surroundings);
    const reading = readingOf(model);
    const line = reading.line('effective_cache_size');
    const size = reading.number('effective_cache_size') * 8192;
    if (room === undefined || line === undefined || size <= room.size) return;
    const better = `${String(Math.max(1, Math.floor((room.size * 0.75) / 1024 ** 2)))}MB`;
    yield {
      message: 'over',
      data: { size: formatBytes(bytes(size)), room: formatBytes(room.size) },
      span: line.valueSpan,
      fixes: rewriting('write', line, better),
    };
  },
};
