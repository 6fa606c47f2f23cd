import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { socketPair } from '../../src/demo/socket-pair.ts';

describe('a pair of sockets in memory', () => {
  it('carries bytes both ways, however they are cut', async () => {
    const [one, other] = socketPair();
    const sent = Buffer.alloc(300_000, 'headroom');
    for (let at = 0; at < sent.length; at += 7919) one.write(sent.subarray(at, at + 7919));
    one.end();
    const received: Buffer[] = [];
    for await (const chunk of other as AsyncIterable<Buffer>) received.push(chunk);
    expect(Buffer.concat(received).equals(sent)).toBe(true);
  });

  it('holds a writer back until the reader reads', async () => {
    const [one, other] = socketPair();
    let full = false;
    for (let count = 0; count < 100 && !full; count++) full = !one.write(Buffer.alloc(16_384));
    expect(full).toBe(true);
    other.resume();
    await once(one, 'drain');
  });

  it('ends on both sides when one is destroyed', async () => {
    const [one, other] = socketPair();
    one.destroy();
    await once(other, 'close');
    expect(other.destroyed).toBe(true);
  });
});
