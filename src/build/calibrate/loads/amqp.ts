import { connect, type Socket } from 'node:net';
import { type Target } from '../program.ts';

/** As much of AMQP 0-9-1 as a load needs: one connection with one channel that confirms what it published. */
export interface AmqpClient {
  declare(queue: string): Promise<void>;
  publish(queue: string, bodies: readonly Buffer[]): Promise<void>;
  /** Receives and acknowledges so many messages. */
  consume(queue: string, count: number): Promise<void>;
  close(): void;
}

interface Frame {
  readonly type: number;
  readonly channel: number;
  readonly payload: Buffer;
}

type Method = readonly [number, number];

const START_OK: Method = [10, 11];
const TUNE: Method = [10, 30];
const OPEN_OK: Method = [10, 41];
const CHANNEL_OPEN_OK: Method = [20, 11];
const DECLARE_OK: Method = [50, 11];
const CONSUME_OK: Method = [60, 21];
const DELIVER: Method = [60, 60];
const CONFIRM_OK: Method = [85, 11];

export async function amqpClient(target: Target): Promise<AmqpClient> {
  const socket = await opened(target);
  const link = new Link(socket);
  socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1'));
  await link.method([10, 10]);
  link.send(0, START_OK, long(0), short('PLAIN'), longText('\0guest\0guest'), short('en_US'));
  await link.method(TUNE);
  link.send(0, [10, 31], uint16(10), long(131_072), uint16(0));
  link.send(0, [10, 40], short('/'), short(''), Buffer.from([0]));
  await link.method(OPEN_OK);
  link.send(1, [20, 10], short(''));
  await link.method(CHANNEL_OPEN_OK);
  link.send(1, [85, 10], Buffer.from([0]));
  await link.method(CONFIRM_OK);
  return {
    declare: async (queue) => {
      // Durable, as queues that matter are.
      link.send(1, [50, 10], uint16(0), short(queue), Buffer.from([2]), long(0));
      await link.method(DECLARE_OK);
    },
    publish: async (queue, bodies) => {
      for (const body of bodies) link.publish(queue, body);
      await link.confirmed();
    },
    consume: async (queue, count) => {
      link.send(1, [60, 10], long(0), uint16(200), Buffer.from([0]));
      link.send(1, [60, 20], uint16(0), short(queue), short(''), Buffer.from([0]), long(0));
      await link.method(CONSUME_OK);
      for (let n = 0; n < count; n++) {
        const delivered = await link.method(DELIVER);
        // The consumer's tag, then the delivery's.
        const at = 4 + 1 + delivered.payload[4]!;
        link.send(1, [60, 80], delivered.payload.subarray(at, at + 8), Buffer.from([0]));
      }
    },
    close: () => socket.destroy(),
  };
}

/** Frames in and out, and who waits for which method. */
class Link {
  readonly #socket: Socket;
  readonly #arrived: Frame[] = [];
  #pending: Buffer = Buffer.alloc(0);
  #published = 0;
  #confirmed = 0;
  #wake: () => void = () => undefined;
  #ended: Error | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    const ended = (error?: Error): void => {
      this.#ended ??= error ?? new Error('the broker hung up');
      this.#wake();
    };
    socket.on('error', ended);
    socket.on('close', () => ended());
    socket.on('data', (data: Buffer) => {
      this.#pending = Buffer.concat([this.#pending, data]);
      this.#split();
      this.#wake();
    });
  }

  send(channel: number, [group, id]: Method, ...args: Buffer[]): void {
    this.#frame({ type: 1, channel, payload: Buffer.concat([uint16(group), uint16(id), ...args]) });
  }

  publish(queue: string, body: Buffer): void {
    this.#published++;
    this.send(1, [60, 40], uint16(0), short(''), short(queue), Buffer.from([0]));
    // Delivery mode 2: kept on disk.
    const properties = Buffer.concat([uint16(0x1000), Buffer.from([2])]);
    this.#frame({ type: 2, channel: 1, payload: Buffer.concat([uint16(60), uint16(0), long(0), long(body.length), properties]) });
    this.#frame({ type: 3, channel: 1, payload: body });
  }

  async confirmed(): Promise<void> {
    while (this.#confirmed < this.#published) await this.#news();
  }

  async method([group, id]: Method): Promise<Frame> {
    for (;;) {
      const index = this.#arrived.findIndex(({ payload }) => payload.readUInt16BE(0) === group && payload.readUInt16BE(2) === id);
      if (index >= 0) return this.#arrived.splice(index, 1)[0]!;
      await this.#news();
    }
  }

  async #news(): Promise<void> {
    if (this.#ended !== undefined) throw this.#ended;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #frame({ type, channel, payload }: Frame): void {
    this.#socket.write(Buffer.concat([Buffer.from([type]), uint16(channel), long(payload.length), payload, Buffer.from([0xce])]));
  }

  #split(): void {
    while (this.#pending.length >= 7) {
      const size = this.#pending.readUInt32BE(3);
      if (this.#pending.length < size + 8) return;
      const payload = this.#pending.subarray(7, 7 + size);
      const [type, channel] = [this.#pending[0]!, this.#pending.readUInt16BE(1)];
      this.#pending = this.#pending.subarray(size + 8);
      this.#accept({ type, channel, payload });
    }
  }

  /** Confirmations are counted, heartbeats and message bodies dropped, a closing is an error, all else is kept. */
  #accept(frame: Frame): void {
    if (frame.type !== 1) return;
    const [group, id] = [frame.payload.readUInt16BE(0), frame.payload.readUInt16BE(2)];
    if (group === 60 && id === 80) {
      const tag = Number(frame.payload.readBigUInt64BE(4));
      this.#confirmed = frame.payload[12] === 1 ? Math.max(this.#confirmed, tag) : this.#confirmed + 1;
    } else if ((group === 10 && id === 50) || (group === 20 && id === 40)) {
      this.#ended = new Error(`the broker refused: ${frame.payload.toString('latin1', 4, 120)}`);
    } else {
      this.#arrived.push(frame);
    }
  }
}

function opened(target: Target): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.address, port: 5672, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function short(value: string): Buffer {
  return Buffer.concat([Buffer.from([Buffer.byteLength(value)]), Buffer.from(value)]);
}

function longText(value: string): Buffer {
  return Buffer.concat([long(Buffer.byteLength(value)), Buffer.from(value)]);
}
