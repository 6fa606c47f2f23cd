import { connect, type Socket } from 'node:net';
import { type Target } from '../program.ts';

/** As much of MQTT 3.1.1 as a load needs: one client, answers counted by packet type. */
export interface MqttClient {
  subscribe(topic: string, qos: 0 | 1): Promise<void>;
  /** Resolves when written; with `qos` 1 when the broker has acknowledged everything sent so far. */
  publish(topic: string, payload: Buffer, options?: { qos?: 0 | 1; retain?: boolean }): Promise<void>;
  readonly received: () => number;
  /** Drops the connection as a device does that loses its network: a persistent session stays behind. */
  drop(): void;
}

const CONNACK = 2;
const PUBLISH = 3;
const PUBACK = 4;
const SUBACK = 9;

export async function mqttClient(target: Target, name: string, options: { clean: boolean }): Promise<MqttClient> {
  const counts = new Map<number, number>();
  const waiting: { type: number; count: number; resolve: () => void }[] = [];
  let failure: Error | undefined;
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch((error: unknown) => (failure = error as Error));
  const socket = await opened(target);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the broker hung up')));
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data]);
    for (let packet = take(pending); packet !== undefined; packet = take(pending)) {
      pending = packet.rest;
      counts.set(packet.type, (counts.get(packet.type) ?? 0) + 1);
      if (packet.type === PUBLISH && packet.qos === 1) socket.write(acknowledgement(packet.body));
    }
    for (const wait of waiting.filter(({ type, count }) => (counts.get(type) ?? 0) >= count)) {
      waiting.splice(waiting.indexOf(wait), 1);
      wait.resolve();
    }
  });
  const answered = (type: number, count: number): Promise<void> =>
    (counts.get(type) ?? 0) >= count
      ? Promise.resolve()
      : Promise.race([new Promise<void>((resolve) => waiting.push({ type, count, resolve })), failed]);
  let [subscribed, published, packetId] = [0, 0, 0];
  const flags = options.clean ? 2 : 0;
  socket.write(frame(0x10, Buffer.concat([text('MQTT'), Buffer.from([4, flags, 0, 0]), text(name)])));
  await answered(CONNACK, 1);
  return {
    subscribe: (topic, qos) => {
      socket.write(frame(0x82, Buffer.concat([identifier(++packetId % 65_000 || 1), text(topic), Buffer.from([qos])])));
      return answered(SUBACK, ++subscribed);
    },
    publish: async (topic, payload, { qos = 0, retain = false } = {}) => {
      if (failure !== undefined) throw failure;
      const id = qos === 1 ? identifier((++packetId % 65_000) + 1) : Buffer.alloc(0);
      const free = socket.write(frame(0x30 | (qos << 1) | Number(retain), Buffer.concat([text(topic), id, payload])));
      if (qos === 1) await answered(PUBACK, ++published);
      else if (!free) await Promise.race([new Promise<void>((resolve) => socket.once('drain', resolve)), failed]);
    },
    received: () => counts.get(PUBLISH) ?? 0,
    drop: () => {
      socket.removeAllListeners('close');
      socket.destroy();
    },
  };
}

function opened(target: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.address, port: 1883, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function frame(head: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let left = body.length; length.length === 0 || left > 0; left >>= 7) length.push((left & 127) | (left > 127 ? 128 : 0));
  return Buffer.concat([Buffer.from([head, ...length]), body]);
}

function take(bytes: Buffer): { type: number; qos: number; body: Buffer; rest: Buffer } | undefined {
  let [length, shift, at] = [0, 0, 1];
  for (;;) {
    const byte = bytes[at++];
    if (byte === undefined) return undefined;
    length |= (byte & 127) << shift;
    if (byte < 128) break;
    shift += 7;
  }
  if (bytes.length < at + length) return undefined;
  const head = bytes[0]!;
  return { type: head >> 4, qos: (head >> 1) & 3, body: bytes.subarray(at, at + length), rest: bytes.subarray(at + length) };
}

/** The identifier stands behind the topic. */
function acknowledgement(publish: Buffer): Buffer {
  const at = 2 + publish.readUInt16BE(0);
  return frame(0x40, publish.subarray(at, at + 2));
}

function text(value: string): Buffer {
  return Buffer.concat([identifier(Buffer.byteLength(value)), Buffer.from(value)]);
}

function identifier(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}
