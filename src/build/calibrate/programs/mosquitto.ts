import { mqttClient } from '../loads/mqtt.ts';
import { type Configuration, type Program, type Target } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly clients: number;
  readonly retained: number;
  /** Sessions that are away while messages for them queue up. */
  readonly away: number;
  readonly queued: number;
  readonly payloadBytes: number;
  /** Lines that let the file tell how heavy it may get. */
  readonly conf?: string;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'clients20', clients: 20, retained: 100, away: 0, queued: 0, payloadBytes: 200, search: true },
  { id: 'clients200-retained20k', clients: 200, retained: 20_000, away: 0, queued: 0, payloadBytes: 200, search: true },
  {
    id: 'away20-queued1000',
    clients: 20,
    retained: 100,
    away: 20,
    queued: 1000,
    payloadBytes: 1000,
    conf: 'max_queued_messages 1000',
    search: true,
  },
  {
    id: 'retained50k-1k',
    clients: 20,
    retained: 50_000,
    away: 0,
    queued: 0,
    payloadBytes: 1000,
    conf: 'memory_limit 120000000',
    search: true,
  },
  { id: 'clients800', clients: 800, retained: 100, away: 0, queued: 0, payloadBytes: 200 },
];

const BASE = `listener 1883
allow_anonymous true
persistence true
persistence_location /mosquitto/data/
`;

export const mosquitto: Program = {
  id: 'mosquitto',
  packages: ['mosquitto'],
  version: ['mosquitto', '-h'],
  image: {
    name: 'calibrate-mosquitto',
    programs: ['mosquitto'],
    folders: [{ path: '/mosquitto/data', owner: { uid: 65534, gid: 65534 } }],
  },
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, clients, retained, away, queued, payloadBytes, conf, search } = variant;
  const file = '/mosquitto/config/mosquitto.conf';
  return {
    id,
    settings: { clients, retained, away, queued, payloadBytes },
    service: { image: 'eclipse-mosquitto:2', command: ['mosquitto', '-c', file], files: { [file]: `${BASE}${conf ?? ''}\n` } },
    docker: ['--user', 'nobody'],
    describes:
      `${String(clients)} subscribers who get 200000 messages in all, ${String(retained)} retained, ` +
      `${String(queued)} queued for each of ${String(away)} sessions that are away, ${String(payloadBytes)} bytes each`,
    search: search === true,
    ready: async (target) => {
      (await mqttClient(target, 'probe', { clean: true })).drop();
      return true;
    },
    load: (target) => traffic(target, variant),
  };
}

async function traffic(target: Target, { clients, retained, away, queued, payloadBytes }: Variant): Promise<void> {
  const payload = Buffer.alloc(payloadBytes, 'm');
  const publisher = await mqttClient(target, 'publisher', { clean: true });
  for (let n = 0; n < away; n++) {
    const device = await mqttClient(target, `away-${String(n)}`, { clean: false });
    await device.subscribe('queue/#', 1);
    device.drop();
  }
  for (let n = 0; n < queued; n++) await publisher.publish(`queue/${String(n % 10)}`, payload, { qos: 1 });
  for (let n = 0; n < retained; n++) await publisher.publish(`home/room-${String(n)}/state`, payload, { retain: true });
  const subscribers = [];
  for (let n = 0; n < clients; n++) subscribers.push(await mqttClient(target, `subscriber-${String(n)}`, { clean: true }));
  await Promise.all(subscribers.map((subscriber, n) => subscriber.subscribe(`live/${String(n % 10)}`, 0)));
  const rounds = 2_000_000 / clients;
  for (let n = 0; n < rounds; n++) await publisher.publish(`live/${String(n % 10)}`, payload);
  await publisher.publish('live/end', payload, { qos: 1 });
  const expected = (rounds / 10) * clients;
  while (subscribers.reduce((sum, subscriber) => sum + subscriber.received(), 0) < expected * 0.98) {
    target.signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const client of [publisher, ...subscribers]) client.drop();
}
