import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { removeLine } from './edits.shared.ts';

export const pgPresetSetting: Rule<PostgresConf, 'preset' | 'remove'> = {
  id: 'pg-preset-setting',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'A value that PostgreSQL only shows, written as if it could be set.',
    why: 'Such values were decided when the program was built or the data folder was made (`block_size`, `wal_segment_size`, `data_checksums`), or are worked out at start (`shared_memory_size`). In a file they keep the server from starting.',
    instead: 'Remove the line. What was chosen at initdb stays as it is.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-preset.html'],
    invalid: ['block_size = 8192\n', 'data_checksums = on\n'],
    valid: ['max_connections = 20\n'],
  },
  messages: {
    preset: 'PostgreSQL shows {name} but lets nobody set it: it does not start with this line',
    remove: 'Remove the line',
  },
  *check({ model }) {
    const reading = readingOf(model);
    for (const setting of reading.settings) {
      if (reading.definitionOf(setting)?.context !== 'internal') continue;
      const edits = removeLine(model, setting);
      const fixes = edits.length === 0 ? [] : [{ title: 'remove' as const, safety: 'safe' as const, edits }];
      yield { message: 'preset', data: { name: setting.name }, span: setting.nameSpan, fixes };
    }
  },
};
