import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';

export const pgAutovacuumOff: Rule<PostgresConf, 'off' | 'counts' | 'on'> = {
  id: 'pg-autovacuum-off',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'Autovacuum switched off, or without the counts that it works by.',
    why: 'Dead rows then stay, tables and indexes grow, and reads get slower on a card that was slow to begin with. In the end the server vacuums all the same, against wraparound and at the worst moment.',
    instead: 'Leave `autovacuum` and `track_counts` on; one worker is enough on a small board (`autovacuum_max_workers = 1`).',
    references: ['https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM'],
    invalid: ['autovacuum = off\n', 'track_counts = off\n'],
    valid: ['autovacuum = on\nautovacuum_max_workers = 1\n'],
  },
  messages: {
    off: 'Without autovacuum, dead rows stay: tables grow and the card is read for nothing',
    counts: 'Without track_counts autovacuum has nothing to go by and does not run',
    on: 'Switch it on',
  },
  *check({ model }) {
    const reading = readingOf(model);
    for (const [name, message] of [['autovacuum', 'off'] as const, ['track_counts', 'counts'] as const]) {
      const line = reading.line(name);
      if (line === undefined || reading.word(name) !== 'off') continue;
      yield { message, span: line.span, fixes: rewriting('on', line, 'on') };
    }
  },
};
