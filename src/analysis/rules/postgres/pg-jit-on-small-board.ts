import { formatBytes, mebibytes } from '../../../base/bytes.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { appendLine, rewriteValue } from './edits.shared.ts';
import { anchorOf, roomOf } from './room.shared.ts';

export const pgJitOnSmallBoard: Rule<PostgresConf, 'on' | 'byDefault' | 'off'> = {
  id: 'pg-jit-on-small-board',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'Just-in-time compilation of queries where memory is short.',
    why: 'PostgreSQL 12 to 18 compile expensive queries with LLVM unless told not to. Each process that did so keeps about 24 MB for itself, next to some 60 MB of the library, and on a Pi compiling often takes longer than it saves.',
    instead: 'Write `jit = off`.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-query.html#GUC-JIT'],
    invalid: ['# headroom: pg=16 limit=128M\njit = on\n', '# headroom: pg=16 limit=128M\nwork_mem = 1MB\n'],
    valid: [
      '# headroom: pg=16 limit=128M\njit = off\n',
      '# headroom: pg=11 limit=128M\nwork_mem = 1MB\n',
      '# headroom: pg=16 limit=4G\njit = on\n',
      'jit = on\n',
    ],
  },
  messages: {
    on: 'In {room}, jit costs about 24 MB for each connection whose query was compiled',
    byDefault: 'jit is on unless it is switched off; in {room} it costs about 24 MB for each connection whose query was compiled',
    off: 'Switch jit off',
  },
  *check({ model, surroundings }) {
    const room = roomOf(model, surroundings);
    const reading = readingOf(model);
    if (room === undefined || room.size > SMALL || reading.word('jit') !== 'on' || model.container?.role === 'included') return;
    const line = reading.line('jit');
    const edits = line === undefined ? appendLine(model, 'jit = off') : rewriteValue(line, 'off');
    yield {
      message: line === undefined ? 'byDefault' : 'on',
      data: { room: formatBytes(room.size) },
      span: line?.span ?? anchorOf(model),
      severity: line === undefined ? 'info' : 'warning',
      fixes: edits.length === 0 ? [] : [{ title: 'off', safety: 'review', edits }],
    };
  },
};

/** Where 24 MB for each connection are a good part of the whole. */
const SMALL = mebibytes(512);
