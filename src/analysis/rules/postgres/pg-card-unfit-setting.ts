import type { ConfSetting, PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf, type ConfReading } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import type { Surroundings } from '../surroundings.ts';
import { rewriting } from './edits.shared.ts';

type Msg = 'concurrency' | 'statements' | 'everyQuery' | 'debug' | 'checkpoints' | 'walSize' | 'write';

export const pgCardUnfitSetting: Rule<PostgresConf, Msg> = {
  id: 'pg-card-unfit-setting',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'Settings for fast disks or quiet logs, on a microSD card.',
    why: 'A card answers a handful of requests at a time and wears with every write. `effective_io_concurrency = 200` is advice for SSDs; logging every statement writes more than the queries themselves; frequent checkpoints write the same pages again and again.',
    instead:
      'Let the card do few, long writes: `checkpoint_timeout = 15min`, `max_wal_size = 512MB`, `effective_io_concurrency = 1` to 16, and log slow statements only.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-EFFECTIVE-IO-CONCURRENCY'],
    invalid: [
      '# headroom: storage=card\neffective_io_concurrency = 200\n',
      "# headroom: storage=card\nlog_statement = 'all'\n",
      '# headroom: storage=card\ncheckpoint_timeout = 1min\nmax_wal_size = 64MB\n',
    ],
    valid: [
      '# headroom: storage=ssd\neffective_io_concurrency = 200\n',
      '# headroom: storage=card\neffective_io_concurrency = 2\nlog_min_duration_statement = 250ms\ncheckpoint_timeout = 15min\nmax_wal_size = 512MB\n',
    ],
  },
  messages: {
    concurrency: '{name} = {value} is meant for SSDs; a microSD card serves few requests at a time',
    statements: 'Every statement is written to the log, and so to the card',
    everyQuery: 'The duration of every statement is written to the log, and so to the card',
    debug: 'Messages for debugging are written to the log, and so to the card',
    checkpoints: 'A checkpoint every {value} writes the same pages to the card again and again',
    walSize: 'With {value} of WAL, checkpoints come with every burst of writes and wear the card',
    write: 'Write {better}',
  },
  *check({ model, surroundings }) {
    const storage = model.container?.storage ?? surroundings.host?.storage;
    if (storage === 'ssd') return;
    const reading = readingOf(model);
    for (const { name, message, unfit, better } of CHECKS) {
      const line = reading.line(name);
      if (line === undefined || model.container?.overridden.has(name) === true || !unfit(reading)) continue;
      yield {
        message,
        data: { name, value: line.value },
        span: line.valueSpan,
        severity: severityFor(storage, surroundings),
        fixes: rewriting('write', line, better),
      };
    }
  },
};

/** A Pi boots from a card unless somebody changed that; without a Pi in sight this is a hint, not a fault. */
function severityFor(storage: 'card' | undefined, { board }: Surroundings): 'warning' | 'info' {
  return storage === 'card' || board !== undefined ? 'warning' : 'info';
}

interface Check {
  readonly name: ConfSetting['name'];
  readonly message: Msg;
  readonly unfit: (reading: ConfReading) => boolean;
  readonly better: string;
}

const CHECKS: readonly Check[] = [
  {
    name: 'effective_io_concurrency',
    message: 'concurrency',
    unfit: (reading) => reading.number('effective_io_concurrency') > 32,
    better: '2',
  },
  {
    name: 'maintenance_io_concurrency',
    message: 'concurrency',
    unfit: (reading) => reading.number('maintenance_io_concurrency') > 32,
    better: '2',
  },
  { name: 'log_statement', message: 'statements', unfit: (reading) => reading.word('log_statement') === 'all', better: 'none' },
  {
    name: 'log_min_duration_statement',
    message: 'everyQuery',
    unfit: (reading) => reading.number('log_min_duration_statement') === 0,
    better: '250ms',
  },
  {
    name: 'log_min_messages',
    message: 'debug',
    unfit: (reading) => reading.word('log_min_messages').startsWith('debug'),
    better: 'warning',
  },
  {
    name: 'checkpoint_timeout',
    message: 'checkpoints',
    unfit: (reading) => reading.number('checkpoint_timeout') < 300,
    better: '15min',
  },
  { name: 'max_wal_size', message: 'walSize', unfit: (reading) => reading.number('max_wal_size') < 128, better: '512MB' },
];
