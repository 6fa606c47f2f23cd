import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';

type Msg = 'command' | 'autoConf' | 'include' | 'here';

export const pgOverriddenSetting: Rule<PostgresConf, Msg> = {
  id: 'pg-overridden-setting',
  appliesTo: 'postgres-conf',
  severity: 'info',
  group: 'postgres',
  docs: {
    what: 'A line that something stronger overrides: a word of `command:` in the stack, postgresql.auto.conf, or a file that is included further down.',
    why: 'The command line beats ALTER SYSTEM, and that beats the file. Changing the line here changes nothing, and neither does a reload.',
    instead: 'Keep the setting in one place.',
    references: ['https://www.postgresql.org/docs/current/config-setting.html'],
    invalid: [],
    valid: ['work_mem = 4MB\n'],
  },
  messages: {
    command: 'The command of {service} sets {name} to {value}: this line has no effect',
    autoConf: 'postgresql.auto.conf sets {name} to {value}: this line has no effect',
    include: 'A file that is included further down sets {name} to {value}: this line has no effect',
    here: 'It is set here',
  },
  *check({ model }) {
    const { container } = model;
    if (container === undefined || model.form === 'arguments') return;
    const reading = readingOf(model);
    for (const [name, { by, value, span }] of container.overridden) {
      const line = reading.line(name);
      if (line === undefined) continue;
      yield {
        message: by === 'auto-conf' ? 'autoConf' : by,
        data: { service: container.service, name: line.name, value },
        span: line.span,
        related: [{ message: 'here', span }],
      };
    }
  },
};
