import type { Service, Stack } from '../../documents/compose/model.ts';
import { poolsTo } from '../../postgres/pools.ts';
import type { Rule } from '../rule.ts';

export const poolsOverMaxConnections: Rule<Stack, 'pools' | 'pool'> = {
  id: 'pools-over-max-connections',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'Connection pools of several services that together may open more connections than a PostgreSQL server with its own settings accepts.',
    why: 'A server that is told nothing accepts 100 connections and keeps three of them for superusers. Npgsql opens up to 100 for each connection string that says nothing else. The pool that comes too late gets "sorry, too many clients already", under load and never in a test.',
    instead: 'Set each pool (`Maximum Pool Size=5`) rather than raising `max_connections`: each connection costs 1 to 3 MB.',
    references: [
      'https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-MAX-CONNECTIONS',
      'https://www.npgsql.org/doc/connection-string-parameters.html#pooling',
    ],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n  api:\n    image: api\n    environment:\n      ConnectionStrings__Default: Host=db;Database=a\n  jobs:\n    image: jobs\n    environment:\n      ConnectionStrings__Default: Host=db;Database=a;Maximum Pool Size=20\n',
      'services:\n  db:\n    image: postgres:16\n  api:\n    image: api\n    environment:\n      DATABASE_URL: postgresql://u@db/a?connection_limit=150\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n  api:\n    image: api\n    environment:\n      ConnectionStrings__Default: Host=db;Database=a\n',
      'services:\n  db:\n    image: postgres:16\n  api:\n    image: api\n    environment:\n      ConnectionStrings__Default: Host=db;Database=a;Maximum Pool Size=10\n  jobs:\n    image: jobs\n    environment:\n      ConnectionStrings__Default: Host=db;Database=a;Maximum Pool Size=20\n',
    ],
  },
  messages: {
    pools: 'The pools of the stack may open {wanted} connections; a server without settings of its own has {free} for them',
    pool: '{service} may open {connections}',
  },
  *check({ model, memory }) {
    if (!model.services.some(namesHost)) return;
    for (const { service, runtime } of memory()) {
      // A server with settings is judged with them, where they stand.
      if (runtime !== 'postgres' || isTuned(service)) continue;
      const pools = poolsTo(service, model);
      const wanted = pools.reduce((sum, { connections }) => sum + connections, 0);
      // One client with the defaults of both sides is what everybody has, and three connections short.
      if (wanted <= Math.max(FREE, pools.length === 1 ? 100 : 0)) continue;
      yield {
        message: 'pools',
        data: { wanted, free: FREE },
        span: service.nameSpan,
        related: pools.flatMap(({ service: name, connections, span }) =>
          span === undefined ? [] : [{ message: 'pool' as const, data: { service: name, connections }, span }],
        ),
      };
    }
  },
};

/** `max_connections` 100 less `superuser_reserved_connections` 3. */
const FREE = 97;

/** Most stacks have no connection string at all: they are passed over before anything is estimated. */
function namesHost({ environment }: Service): boolean {
  return [...environment.values()].some(({ value }) => /(?:host|server)\s*=|postgres(?:ql)?(?:\+\w+)?:\/\//i.test(value.text));
}

function isTuned({ command, entrypoint, mounts }: Service): boolean {
  return (
    entrypoint !== undefined ||
    command?.words.some(({ text }) => text.startsWith('-')) === true ||
    mounts.some(({ target }) => target.text.endsWith('.conf'))
  );
}
