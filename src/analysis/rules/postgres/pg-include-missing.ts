import type { PostgresConf } from '../../documents/postgres/model.ts';
import type { Rule } from '../rule.ts';

type Msg = 'file' | 'folder' | 'empty' | 'ifExists';

export const pgIncludeMissing: Rule<PostgresConf, Msg> = {
  id: 'pg-include-missing',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'An include that names nothing.',
    why: 'A server whose `include` or `include_dir` leads nowhere does not start.',
    instead:
      'Correct the path: it starts at the folder of the file that includes. Where a file may be absent, write `include_if_exists`.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-INCLUDES'],
    invalid: ["include ''\n", "include_dir = ' '\n"],
    valid: ["include_if_exists 'local.conf'\n"],
  },
  messages: {
    file: 'There is no file {path}: the server does not start. include_if_exists would pass over it',
    folder: 'There is no folder {path}: the server does not start',
    empty: 'An include needs a name: the server does not start',
    ifExists: 'Write include_if_exists',
  },
  *check({ model }) {
    const missing = new Set(model.missingIncludes);
    for (const entry of model.entries) {
      if (entry.kind !== 'include') continue;
      const { path, pathSpan, nameSpan, directive } = entry;
      if (path.trim() === '') yield { message: 'empty', span: pathSpan };
      else if (missing.has(entry) && directive === 'include_dir') yield { message: 'folder', data: { path }, span: pathSpan };
      else if (missing.has(entry) && directive === 'include') {
        const edits = [{ span: nameSpan, text: 'include_if_exists' }];
        yield { message: 'file', data: { path }, span: pathSpan, fixes: [{ title: 'ifExists', safety: 'review', edits }] };
      }
    }
  },
};
