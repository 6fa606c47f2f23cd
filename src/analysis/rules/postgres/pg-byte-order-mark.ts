import { span } from '../../../base/span.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import type { Rule } from '../rule.ts';

export const pgByteOrderMark: Rule<PostgresConf, 'mark' | 'inside' | 'remove'> = {
  id: 'pg-byte-order-mark',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A byte order mark at the start of a conf file.',
    why: 'PostgreSQL does not skip it: the three bytes become part of the first name, which it then does not know, and the server does not start. Nothing of it can be seen in an editor.',
    instead: 'Save the file as UTF-8 without a byte order mark.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html'],
    invalid: ['\ufeffwork_mem = 8MB\n', '\ufeff# settings\nwork_mem = 8MB\n', 'port = 1\n\ufeffwork_mem = 8MB\n'],
    valid: ['work_mem = 8MB\n'],
  },
  messages: {
    mark: 'The file begins with a byte order mark: PostgreSQL takes it for part of the first name and does not start',
    inside: 'A byte order mark stands here: PostgreSQL takes it for part of the name and does not start',
    remove: 'Remove the byte order mark',
  },
  *check({ model: { source, form } }) {
    if (form === 'arguments') return;
    // Also in the middle, where two files were put together.
    for (const { index } of source.text.matchAll(/^[ \t]*\ufeff/gm)) {
      const at = source.text.indexOf('\ufeff', index);
      const mark = span(source.file, at, at + 1);
      const fixes = [{ title: 'remove' as const, safety: 'safe' as const, edits: [{ span: mark, text: '' }] }];
      yield { message: at === 0 ? 'mark' : 'inside', span: mark, fixes };
    }
  },
};
