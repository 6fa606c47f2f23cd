import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';

export const pgHugePagesOn: Rule<PostgresConf, 'on' | 'try'> = {
  id: 'pg-huge-pages-on',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'host',
  docs: {
    what: '`huge_pages = on`, which insists.',
    why: 'Raspberry Pi OS reserves no huge pages, so the server does not start: "could not map anonymous shared memory". Pages that are reserved are taken from everything else on the board.',
    instead: 'Write `huge_pages = try`, the default, or `off`.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-HUGE-PAGES'],
    invalid: ['huge_pages = on\n'],
    valid: ['huge_pages = try\n', 'huge_pages = off\n'],
  },
  messages: {
    on: 'With huge_pages on, the server does not start where the host has reserved none, and a Pi has not',
    try: 'Write try',
  },
  *check({ model }) {
    const reading = readingOf(model);
    const line = reading.line('huge_pages');
    if (line === undefined || reading.word('huge_pages') !== 'on') return;
    yield { message: 'on', span: line.span, fixes: rewriting('try', line, 'try') };
  },
};
