import type { PostgresConf } from '../../documents/postgres/model.ts';
import { readingOf } from '../../documents/postgres/reading.ts';
import type { Rule } from '../rule.ts';
import { appendLine, offered, rewriteValue } from './edits.shared.ts';
import { anchorOf } from './room.shared.ts';

export const pgListenLocalhostOnly: Rule<PostgresConf, 'byDefault' | 'written' | 'write'> = {
  id: 'pg-listen-localhost-only',
  appliesTo: 'postgres-conf',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'A container whose PostgreSQL listens to itself only.',
    why: 'A conf file of one’s own takes the place of the one that the image made, and with it of its `listen_addresses = \'*\'`. The default is `localhost`: the other services get "connection refused".',
    instead: "Write `listen_addresses = '*'`. Who may come in is decided by the network, by ports and by pg_hba.conf.",
    references: ['https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-LISTEN-ADDRESSES'],
    invalid: ['# headroom: limit=512M\nshared_buffers = 64MB\n', "# headroom: limit=512M\nlisten_addresses = 'localhost'\n"],
    valid: [
      "# headroom: limit=512M\nlisten_addresses = '*'\n",
      '# headroom: limit=512M role=included\nshared_buffers = 64MB\n',
      'shared_buffers = 64MB\n',
    ],
  },
  messages: {
    byDefault: 'Without listen_addresses the server listens on localhost only: no other container can reach it',
    written: 'The server listens on {value} only: no other container can reach it',
    write: "Write listen_addresses = '*'",
  },
  *check({ model }) {
    if (model.container?.role !== 'main' || model.form === 'arguments') return;
    const reading = readingOf(model);
    const value = reading.word('listen_addresses');
    // An include may set it in a file that isn't read here.
    if (!/^(?:localhost|127\.0\.0\.1|::1)?$/.test(value) || model.entries.some(({ kind }) => kind === 'include')) return;
    const line = reading.line('listen_addresses');
    if (line !== undefined && value === '') return;
    const edits = line === undefined ? appendLine(model, "listen_addresses = '*'") : rewriteValue(line, '*');
    yield {
      message: line === undefined ? 'byDefault' : 'written',
      data: { value },
      span: line?.span ?? anchorOf(model),
      fixes: offered('write', {}, edits),
    };
  },
};
