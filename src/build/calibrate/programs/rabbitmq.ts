import { amqpClient } from '../loads/amqp.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  /** MiB, absolute; undefined leaves 40 % of what RabbitMQ takes for the machine's memory. */
  readonly watermark?: number;
  readonly queues: number;
  readonly connections: number;
  /** Per queue, published before anything is consumed. */
  readonly messages: number;
  readonly bodyBytes: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'watermark256-q10', watermark: 256, queues: 10, connections: 10, messages: 1000, bodyBytes: 1000, search: true },
  { id: 'watermark300-q10-backlog', watermark: 300, queues: 10, connections: 10, messages: 2000, bodyBytes: 4000, search: true },
  { id: 'watermark256-q200-c50', watermark: 256, queues: 200, connections: 50, messages: 50, bodyBytes: 1000, search: true },
  { id: 'default-q10', queues: 10, connections: 10, messages: 1000, bodyBytes: 1000 },
  { id: 'default-q10-backlog', queues: 10, connections: 10, messages: 2000, bodyBytes: 4000 },
  { id: 'default-q1', queues: 1, connections: 1, messages: 100, bodyBytes: 100 },
];

const FILE = '/etc/rabbitmq/rabbitmq.conf';
const HOME = '/var/lib/rabbitmq';

export const rabbitmq: Program = {
  id: 'rabbitmq',
  packages: ['rabbitmq-server'],
  version: ['dpkg-query', '--show', '--showformat', '${Version}', 'rabbitmq-server'],
  image: {
    name: 'calibrate-rabbitmq',
    programs: [],
    paths: ['/usr/lib/erlang', '/usr/lib/rabbitmq', '/usr/bin/erl'],
    leaveOut: ['/usr/lib/erlang/man', '/usr/share/doc'],
    folders: [HOME, '/var/log/rabbitmq', '/etc/rabbitmq'].map((path) => ({ path, owner: { uid: 65534, gid: 65534 } })),
    files: { '/etc/hosts': '127.0.0.1 localhost\n' },
    env: { PATH: '/usr/lib/rabbitmq/bin:/usr/bin', HOME, RABBITMQ_NODENAME: 'rabbit@localhost', RABBITMQ_LOGS: '-' },
  },
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, watermark, queues, connections, messages, bodyBytes, search } = variant;
  const conf = [
    'loopback_users = none',
    ...(watermark === undefined ? [] : [`vm_memory_high_watermark.absolute = ${String(watermark)}MiB`]),
  ];
  return {
    id,
    settings: { watermarkMib: watermark ?? 'default', queues, connections, messages, bodyBytes },
    service: { image: 'rabbitmq:3.10', command: ['rabbitmq-server'], files: { [FILE]: `${conf.join('\n')}\n` } },
    docker: ['--user', 'nobody'],
    describes:
      `${String(connections)} connections publish ${String(messages)} persistent messages of ${String(bodyBytes)} bytes ` +
      `to each of ${String(queues)} durable queues, confirmed, then consume them all`,
    search: search === true,
    ready: async (target) => {
      (await amqpClient(target)).close();
      return true;
    },
    load: (target) => traffic(target, variant),
  };
}

async function traffic(target: Target, { queues, connections, messages, bodyBytes }: Variant): Promise<void> {
  const names = Array.from({ length: queues }, (_, n) => `queue-${String(n)}`);
  const clients = await Promise.all(Array.from({ length: connections }, () => amqpClient(target)));
  const shared = clients.map((client, n) => ({ client, own: names.filter((_, index) => index % connections === n) }));
  await Promise.all(
    shared.map(async ({ client, own }) => {
      for (const queue of own) await client.declare(queue);
      for (const queue of own) {
        for (let sent = 0; sent < messages; sent += 100) {
          await client.publish(
            queue,
            Array.from({ length: Math.min(100, messages - sent) }, () => Buffer.alloc(bodyBytes, 'r')),
          );
        }
      }
    }),
  );
  await Promise.all(
    shared.map(async ({ client, own }) => {
      for (const queue of own) await client.consume(queue, messages);
    }),
  );
  for (const client of clients) client.close();
}
