import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { rewriting } from './edits.shared.ts';

type Msg = 'fsync' | 'pages' | 'checksums' | 'commit' | 'on';

export const pgDurabilityOff: Rule<PostgresConf, Msg> = {
  id: 'pg-durability-off',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'Safety of the data given up for speed: `fsync`, `full_page_writes`, `zero_damaged_pages`, `ignore_checksum_failure`, `synchronous_commit`.',
    why: 'A Pi loses power more often than a server in a rack. With `fsync = off` or `full_page_writes = off` the whole database may be beyond repair after that. `synchronous_commit = off` is milder: it may lose the last half second of commits, and nothing else.',
    instead:
      'Leave the first ones on. If losing the last moments is acceptable, `synchronous_commit = off` gains most of the speed; say so with `# headroom-ignore pg-durability-off -- the reason`.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-FSYNC'],
    invalid: ['fsync = off\n', 'full_page_writes = off\n', 'synchronous_commit = off\n', 'zero_damaged_pages = on\n'],
    valid: ['fsync = on\nfull_page_writes = on\n', 'synchronous_commit = local\n'],
  },
  messages: {
    fsync: 'With fsync off, a loss of power may destroy the whole database',
    pages: 'With full_page_writes off, a loss of power may leave pages half written and beyond repair',
    checksums: '{name} hides damage and makes it permanent: it is for the hour of a rescue only',
    commit: 'With synchronous_commit off, a loss of power loses the last commits (up to 0.6 s); nothing else is damaged',
    on: 'Write {better}',
  },
  *check({ model }) {
    const reading = readingOf(model);
    for (const { name, unsafe, message, better, severity } of UNSAFE) {
      const line = reading.line(name);
      if (line === undefined || reading.word(name) !== unsafe || model.container?.overridden.has(name) === true) continue;
      yield {
        message,
        data: { name },
        span: line.span,
        severity,
        fixes: rewriting('on', line, better),
      };
    }
  },
};

const UNSAFE = [
  { name: 'fsync', unsafe: 'off', message: 'fsync', better: 'on', severity: 'error' },
  { name: 'full_page_writes', unsafe: 'off', message: 'pages', better: 'on', severity: 'error' },
  { name: 'zero_damaged_pages', unsafe: 'on', message: 'checksums', better: 'off', severity: 'error' },
  { name: 'ignore_checksum_failure', unsafe: 'on', message: 'checksums', better: 'off', severity: 'error' },
  { name: 'synchronous_commit', unsafe: 'off', message: 'commit', better: 'on', severity: 'info' },
] as const;
