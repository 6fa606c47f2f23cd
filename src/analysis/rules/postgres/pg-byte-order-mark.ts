import { span } from '../../../base/span.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import type { Rule } from '../rule.ts';

export const pgByteOrderMark: Rule<PostgresConf, 'mark' | 'remove'> = {
  id: 'pg-byte-order-mark',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A byte order mark at the start of a conf file.',
    why: 'PostgreSQL does not skip it: the three bytes become part of the first name, which it then does not know, and the server does not start. Nothing of it can be seen in an editor.',
    instead: 'Save the file as UTF-8 without a byte order mark.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html'],
    invalid: ['\ufeffwork_mem = 8MB\n', '\ufeff# settings\nwork_mem = 8MB\n'],
    valid: ['work_mem = 8MB\n'],
  },
  messages: {
    mark: 'The file begins with a byte order mark: PostgreSQL takes it for part of the first name and does not start',
    remove: 'Remove the byte order mark',
  },
  *check({ model }) {
    if (!model.source.text.startsWith('\ufeff')) return;
    const mark = span(model.source.file, 0, 1);
    yield { message: 'mark', span: mark, fixes: [{ title: 'remove', safety: 'safe', edits: [{ span: mark, text: '' }] }] };
  },
};
