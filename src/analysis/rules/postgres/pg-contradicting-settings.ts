import type { Span } from '../../../base/span.ts';
import type { PostgresConf } from '../../documents/postgres/model.ts';
import { BACKENDS, MAX_BACKENDS, STAGES, TARGETS } from '../../documents/postgres/cross-checks.ts';
import { readingOf, type ConfReading } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';

type Msg = 'reserved' | 'senders' | 'archive' | 'minWal' | 'targets' | 'stages' | 'processes' | 'other';

export const pgContradictingSettings: Rule<PostgresConf, Msg> = {
  id: 'pg-contradicting-settings',
  appliesTo: 'postgres-conf',
  severity: 'error',
  group: 'postgres',
  docs: {
    what: 'Settings that are right one by one, but with which the server does not start together.',
    why: 'PostgreSQL compares some of them at start: reserved connections with all connections, replication and archiving with `wal_level`.',
    instead: 'Change one of the two; with `wal_level = minimal` also write `max_wal_senders = 0`.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-wal.html#GUC-WAL-LEVEL'],
    invalid: [
      'wal_level = minimal\n',
      'max_connections = 3\n',
      'wal_level = minimal\nmax_wal_senders = 0\narchive_mode = on\n',
      'max_wal_size = 64MB\nmin_wal_size = 1GB\n',
      "recovery_target = 'immediate'\nrecovery_target_xid = 5\n",
      'log_statement_stats = on\nlog_parser_stats = on\n',
      'max_connections = 262143\n',
    ],
    valid: [
      'wal_level = minimal\nmax_wal_senders = 0\n',
      'max_connections = 10\n',
      'wal_level = replica\narchive_mode = on\n',
      'max_wal_size = 128MB\n',
    ],
  },
  messages: {
    reserved:
      'Of {connections} connections {reserved} are kept for superusers: there has to be at least one more, or the server does not start',
    senders: 'With wal_level = minimal the server starts only with max_wal_senders = 0; it is {senders}',
    archive: 'With wal_level = minimal the server does not start while archive_mode is on',
    minWal: 'min_wal_size is larger than max_wal_size: it has no effect as it stands',
    targets: 'Only one recovery target may be set: the server does not start with two',
    stages: 'log_statement_stats and the statistics of single stages exclude each other: the server does not start',
    processes: 'Connections, workers and senders together may be at most 262143: the server does not start',
    other: 'The other setting',
  },
  *check({ model }) {
    if (model.container?.role === 'included') return;
    const reading = readingOf(model);
    for (const { names, clash, message, severity } of CLASHES) {
      const lines = names.flatMap((name) => reading.line(name)?.span ?? []);
      const [first, ...others] = lines;
      if (first === undefined || !clash(reading)) continue;
      yield {
        message,
        data: dataOf(reading),
        span: first,
        ...(severity === undefined ? {} : { severity }),
        related: others.map(related),
      };
    }
  },
};

const minimal = (reading: ConfReading): boolean => reading.word('wal_level') === 'minimal';
const reservedOf = (reading: ConfReading): number =>
  reading.number('superuser_reserved_connections') + reading.number('reserved_connections');

const CLASHES: readonly {
  readonly names: readonly string[];
  readonly clash: (reading: ConfReading) => boolean;
  readonly message: Msg;
  readonly severity?: 'warning';
}[] = [
  {
    names: ['max_connections', 'superuser_reserved_connections', 'reserved_connections'],
    clash: (reading) => reservedOf(reading) >= reading.number('max_connections'),
    message: 'reserved',
  },
  {
    names: ['wal_level', 'max_wal_senders'],
    clash: (reading) => minimal(reading) && reading.number('max_wal_senders') > 0,
    message: 'senders',
  },
  {
    names: ['wal_level', 'archive_mode'],
    clash: (reading) => minimal(reading) && reading.word('archive_mode') !== 'off',
    message: 'archive',
  },
  {
    names: TARGETS,
    // An empty one is none, as in the sample file.
    clash: (reading) => TARGETS.filter((name) => (reading.line(name)?.value ?? '') !== '').length > 1,
    message: 'targets',
  },
  {
    names: ['log_statement_stats', ...STAGES],
    clash: (reading) => reading.word('log_statement_stats') === 'on' && STAGES.some((name) => reading.word(name) === 'on'),
    message: 'stages',
  },
  {
    names: BACKENDS,
    clash: (reading) => BACKENDS.reduce((sum, name) => sum + reading.number(name), 1) > MAX_BACKENDS,
    message: 'processes',
  },
  {
    names: ['min_wal_size', 'max_wal_size'],
    // Only where both stand: 80MB, the default, may be more than a small max_wal_size, and harmless.
    clash: (reading) =>
      reading.line('min_wal_size') !== undefined &&
      reading.line('max_wal_size') !== undefined &&
      reading.number('min_wal_size') > reading.number('max_wal_size'),
    message: 'minWal',
    severity: 'warning',
  },
];

function dataOf(reading: ConfReading): Readonly<Record<string, number>> {
  return {
    connections: reading.number('max_connections'),
    reserved: reservedOf(reading),
    senders: reading.number('max_wal_senders'),
  };
}

function related(span: Span): { readonly message: 'other'; readonly span: Span } {
  return { message: 'other', span };
}
