import { bytes, formatBytes } from '../../../base/bytes.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import type { KnownEstimate } from '../../memory/estimate.ts';
import { parseImage } from '../../memory/image-reference.ts';
import type { ServiceMemory } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';

export const shareableDatabase: Rule<Stack, 'share' | 'server'> = {
  id: 'shareable-database',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'memory',
  docs: {
    what: 'Several servers of the same database in one stack, from the same image.',
    why: 'Each has its own processes, its own program text in use and its own caches. One server with a database for each program needs little more than one of them does now.',
    instead:
      'Let them share one server: a database and a user each for PostgreSQL, a database number or a key prefix each for Redis. Keep them apart where one must survive without the other.',
    references: [],
    invalid: [
      'services:\n  db-a:\n    image: postgres:16\n    environment: { POSTGRES_PASSWORD: a }\n  db-b:\n    image: postgres:16\n    environment: { POSTGRES_PASSWORD: b }\n',
      'services:\n  a-cache:\n    image: redis:7-alpine\n  b-cache:\n    image: redis:7-alpine\n  c-cache:\n    image: redis:7-alpine\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    environment: { POSTGRES_PASSWORD: a }\n  old:\n    image: postgres:12\n    environment: { POSTGRES_PASSWORD: b }\n',
      'services:\n  redis-master:\n    image: redis:7\n  redis-replica:\n    image: redis:7\n    command: redis-server --replicaof redis-master 6379\n',
      'services:\n  db:\n    image: postgres:16\n    environment: { POSTGRES_PASSWORD: a }\n  backup:\n    image: postgres:16\n    command: sh -c "pg_dump -h db > /backup/all.sql"\n',
    ],
  },
  messages: {
    share: '{services} could share one server: that saves {saving} at least',
    server: '{service}: works from {size} on',
  },
  *check({ model, memory }) {
    if (model.services.filter(mayBeServer).length < 2) return;
    const groups = new Map<string, Server[]>();
    for (const server of memory().flatMap(serverOf)) groups.set(server.kind, [...(groups.get(server.kind) ?? []), server]);
    for (const servers of groups.values()) {
      const [, second] = servers;
      if (second === undefined || servers.some(({ service }) => isReplicated(service))) continue;
      // What each needs before there is any data: the data itself only moves.
      const sizes = servers.map(({ estimate }) => estimate.floor);
      const saving = bytes(sizes.reduce((sum, size) => sum + size, 0) - Math.max(...sizes));
      yield {
        message: 'share',
        data: { services: servers.map(({ service }) => service.name).join(', '), saving: formatBytes(saving) },
        span: second.service.nameSpan,
        related: servers.map(({ service, estimate }) => ({
          message: 'server',
          data: { service: service.name, size: formatBytes(estimate.floor) },
          span: service.nameSpan,
        })),
      };
    }
  },
};

interface Server {
  /** Image and major version: servers that differ in it cannot be one. */
  readonly kind: string;
  readonly service: Service;
  readonly estimate: KnownEstimate;
}

const IMAGES = /^(?:postgres|redis|valkey\/valkey)$/;
/** Programs of the same images that are no servers of their own. */
const SERVES = /^(?:postgres|redis-server|valkey-server|docker-entrypoint\.sh|-.*)$/;

/** By the image alone, for most stacks have one database and need no estimate for that. */
function mayBeServer({ active, image, entrypoint, command }: Service): boolean {
  if (!active || image?.value === undefined || !/postgres|redis|valkey/.test(image.value)) return false;
  const name = parseImage(image.value)?.name;
  const [first] = command?.words ?? [];
  return name !== undefined && IMAGES.test(name) && entrypoint === undefined && (first === undefined || SERVES.test(first.text));
}

function serverOf({ service, estimate, replicas }: ServiceMemory): Server[] {
  const image = estimate.known && replicas === 1 && mayBeServer(service) ? parseImage(service.image?.value ?? '') : undefined;
  if (!estimate.known || image === undefined) return [];
  return [{ kind: `${image.name} ${String(image.major)}`, service, estimate }];
}

/** Several servers of one data set are several on purpose, and a test's database is nobody else's. */
function isReplicated({ name, command, environment }: Service): boolean {
  const words = [name, ...(command?.words ?? []).map(({ text }) => text), ...environment.keys()].join(' ');
  return /repl|slave|standby|secondary|primary|master|sentinel|cluster|shard|node-?\d|hot_standby|test/i.test(words);
}
