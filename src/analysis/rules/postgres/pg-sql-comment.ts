import { slice, span } from '../../../base/span.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import type { Rule } from '../rule.ts';
import { sqlCommentAt } from './sql-comment.shared.ts';

export const pgSqlComment: Rule<PostgresConf, 'comment' | 'write'> = {
  id: 'pg-sql-comment',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A comment as SQL or C writes it, in a conf file.',
    why: 'PostgreSQL knows only `#` there. `--` and `//` are syntax errors, and with one of them in the file the server does not start.',
    instead: 'Begin the comment with `#`.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-CONFIGURATION-FILE'],
    invalid: ['-- Memory\nshared_buffers = 16MB\n', 'work_mem = 2MB -- for each sort\n', '// connections\n'],
    valid: ['# Memory\nshared_buffers = 16MB # -- small\n'],
  },
  messages: {
    comment: 'A comment begins with # here: at "{mark}" PostgreSQL refuses the file and does not start',
    write: 'Begin the comment with #',
  },
  *check({ model }) {
    for (const { lineSpan } of model.problems) {
      const line = slice(model.source.text, lineSpan);
      const found = sqlCommentAt(line);
      if (found === undefined) continue;
      const mark = span(lineSpan.file, lineSpan.start + found.at, lineSpan.start + found.at + found.length);
      yield {
        message: 'comment',
        data: { mark: slice(model.source.text, mark) },
        span: mark,
        fixes: [{ title: 'write', safety: 'safe', edits: [{ span: mark, text: '#' }] }],
      };
    }
  },
};
