import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { anchorOf } from './room.shared.ts';

export const pgPoolsExceedConnections: Rule<PostgresConf, 'pools' | 'pool'> = {
  id: 'pg-pools-exceed-connections',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'Connection pools of the stack that together may open more connections than `max_connections` leaves them.',
    why: 'A pool fills up under load. The first one that comes too late gets "sorry, too many clients already", and three slots are kept for superusers on top.',
    instead: 'Set each pool (`Maximum Pool Size=5`) rather than raising `max_connections`: each connection costs 1 to 3 MB.',
    references: ['https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS'],
    invalid: ['# headroom: pools=api:100,jobs:20\nmax_connections = 50\n'],
    valid: ['# headroom: pools=api:10,jobs:5\nmax_connections = 20\n', 'max_connections = 5\n'],
  },
  messages: {
    pools: 'The pools of the stack may open {wanted} connections; of max_connections = {connections} there are {free} for them',
    pool: '{service} may open {connections}',
  },
  *check({ model }) {
    const pools = model.container?.pools ?? [];
    const reading = readingOf(model);
    const wanted = pools.reduce((sum, { connections }) => sum + connections, 0);
    const connections = reading.number('max_connections');
    const free = Math.max(
      0,
      connections - reading.number('superuser_reserved_connections') - reading.number('reserved_connections'),
    );
    if (wanted <= free) return;
    yield {
      message: 'pools',
      data: { wanted, connections, free },
      span: reading.line('max_connections')?.span ?? anchorOf(model),
      related: pools.flatMap((pool) =>
        pool.span === undefined
          ? []
          : [{ message: 'pool' as const, data: { service: pool.service, connections: pool.connections }, span: pool.span }],
      ),
    };
  },
};
