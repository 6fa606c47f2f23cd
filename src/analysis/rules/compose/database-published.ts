import { parseImage } from '../../memory/image-reference.ts';
import type { Port, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const databasePublished: Rule<Stack, 'published' | 'loopback'> = {
  id: 'database-published',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: 'The port of a database is published on every address of the board.',
    why: 'Docker writes its own firewall rules and passes by ufw and its like: the port is open to the whole network, and behind a router with port forwarding to the world. Other services of the stack reach the database without any published port.',
    instead: 'Leave `ports` out, or publish on loopback alone: `127.0.0.1:5432:5432`, and use an SSH tunnel.',
    references: ['https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw'],
    invalid: ['services:\n  db:\n    image: postgres:16\n    ports: ["5432:5432"]\n'],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    ports: ["127.0.0.1:5432:5432"]\n',
      'services:\n  web:\n    image: nginx:alpine\n    ports: ["80:80"]\n',
    ],
  },
  messages: {
    published: 'Port {port} of the database is open to the whole network: Docker passes by the firewall',
    loopback: 'Publish it on this machine alone',
  },
  *check({ model }) {
    for (const { image, ports, networkMode } of model.services) {
      const name = image?.value === undefined ? undefined : parseImage(image.value)?.name;
      const own = name === undefined ? undefined : DATABASES[name];
      if (own === undefined || networkMode?.value === 'host') continue;
      for (const port of ports) {
        if (port.target.value !== String(own) || !isEverywhere(port)) continue;
        yield { message: 'published', data: { port: own }, span: port.span, fixes: onLoopback(port) };
      }
    }
  },
};

/** Databases and the port of theirs that speaks to clients. */
const DATABASES: Readonly<Record<string, number>> = {
  postgres: 5432,
  'postgis/postgis': 5432,
  'pgvector/pgvector': 5432,
  'timescale/timescaledb': 5432,
  mysql: 3306,
  mariadb: 3306,
  'linuxserver/mariadb': 3306,
  redis: 6379,
  'valkey/valkey': 6379,
  mongo: 27017,
  memcached: 11211,
  elasticsearch: 9200,
  influxdb: 8086,
};

function isEverywhere({ hostIp, published }: Port): boolean {
  return published !== undefined && (hostIp === undefined || /^(?:0\.0\.0\.0|::|\[::\])$/.test(hostIp.text));
}

/** Only the short form without an address can take one in front. */
function onLoopback({ hostIp, published, span }: Port) {
  if (hostIp !== undefined || published?.origins.length !== 1 || published.spans[0].start > span.start + 1) return [];
  const at = { ...span, start: published.spans[0].start, end: published.spans[0].start };
  return [{ title: 'loopback' as const, safety: 'review' as const, edits: [{ span: at, text: '127.0.0.1:' }] }];
}
