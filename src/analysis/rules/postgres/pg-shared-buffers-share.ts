import { bytes, formatBytes } from '../../../base/bytes.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';
import { roomOf } from './room.shared.ts';

export const pgSharedBuffersShare: Rule<PostgresConf, 'share' | 'write'> = {
  id: 'pg-shared-buffers-share',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: '`shared_buffers` beyond 40 % of the memory that the server may use.',
    why: 'PostgreSQL also reads through the page cache of the system, which lives in the same limit. Beyond 40 % both hold the same pages twice, and sorts and connections have no room left.',
    instead: 'Give it a quarter.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-SHARED-BUFFERS'],
    invalid: ['# headroom: limit=256M\nshared_buffers = 128MB\n'],
    valid: ['# headroom: limit=256M\nshared_buffers = 64MB\n', 'shared_buffers = 8GB\n'],
  },
  messages: {
    share:
      'shared_buffers is {percent} % of {room}: beyond 40 % it takes the memory that sorts, connections and the page cache need',
    write: 'Write {better}, a quarter',
  },
  *check({ model, surroundings }) {
    const reading = readingOf(model);
    const room = roomOf(model, surroundings);
    const line = reading.line('shared_buffers');
    if (room === undefined || line === undefined || model.container?.overridden.has('shared_buffers') === true) return;
    const size = reading.number('shared_buffers') * 8192;
    if (size <= room.size * 0.4) return;
    const better = `${String(Math.max(1, Math.floor(room.size / 4 / 1024 ** 2)))}MB`;
    yield {
      message: 'share',
      data: { percent: Math.round((size / room.size) * 100), room: formatBytes(bytes(room.size)) },
      span: line.valueSpan,
      fixes: rewriting('write', line, better),
    };
  },
};
