import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { removeLine } from './edits.shared.ts';

export const pgDuplicateSetting: Rule<PostgresConf, 'twice' | 'decides' | 'remove'> = {
  id: 'pg-duplicate-setting',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'A setting that stands in the file twice.',
    why: 'The last line decides, without a word, and the earlier one is not even checked. Who changes that earlier line wonders why nothing happens.',
    instead: 'Keep one line.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-CONFIGURATION-FILE'],
    invalid: ['work_mem = 4MB\nwork_mem = 8MB\n', 'work_mem = 4MB\nsort_mem = 8MB\n'],
    valid: ['work_mem = 4MB\nmaintenance_work_mem = 8MB\n'],
  },
  messages: {
    twice: '{name} is set again in line {line}: this line has no effect',
    decides: 'This line decides',
    remove: 'Remove the line that has no effect',
  },
  *check({ model }) {
    const reading = readingOf(model);
    for (const setting of reading.settings) {
      const deciding = reading.line(setting.name);
      if (deciding === undefined || deciding === setting) continue;
      const edits = removeLine(model, setting);
      yield {
        message: 'twice',
        data: { name: setting.name, line: deciding.line },
        span: setting.span,
        related: [{ message: 'decides', span: deciding.span }],
        fixes: edits.length === 0 ? [] : [{ title: 'remove', safety: 'review', edits }],
      };
    }
  },
};
