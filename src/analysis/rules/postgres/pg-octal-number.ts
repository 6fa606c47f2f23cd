import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import { printValue, readValue } from '../../documents/postgres/value.ts';
import type { Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';
import { isOctalLooking, isOctalMistake } from './octal.shared.ts';

export const pgOctalNumber: Rule<PostgresConf, 'octal' | 'refused' | 'write'> = {
  id: 'pg-octal-number',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'A number that begins with a zero.',
    why: 'PostgreSQL reads it as octal, as C does: `max_connections = 0100` are 64 connections. With an 8 or a 9 in it the server does not start.',
    instead: 'Leave the zero out. File permissions (`0640`) are meant to be octal and are not reported.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES'],
    invalid: ['max_connections = 0100\n', 'work_mem = 08192\n'],
    valid: ['max_connections = 100\n', 'log_file_mode = 0640\n', 'unix_socket_permissions = 0777\n', 'autovacuum_naptime = 0\n'],
  },
  messages: {
    octal: 'The leading zero makes this number octal: PostgreSQL reads {meaning}',
    refused: 'The leading zero makes this number octal, where there is no 8 and no 9: PostgreSQL does not start',
    write: 'Write {better}',
  },
  *check({ model }) {
    const reading = readingOf(model);
    for (const setting of reading.settings) {
      const definition = reading.definitionOf(setting);
      if (definition === undefined || !isOctalLooking(definition, setting.value)) continue;
      const read = readValue(definition, setting.value, { version: model.version });
      const mistake = isOctalMistake(definition, setting.value);
      if (!mistake && !read.ok) continue;
      const better = setting.value.trim().replace(/^([+-]?)0+(?=\d)/, '$1');
      yield {
        message: mistake ? 'refused' : 'octal',
        data: read.ok ? { meaning: printValue(read.value) } : {},
        span: setting.valueSpan,
        ...(mistake ? { severity: 'error' } : {}),
        fixes: rewriting('write', setting, better, mistake ? 'safe' : 'review'),
      };
    }
  },
};
