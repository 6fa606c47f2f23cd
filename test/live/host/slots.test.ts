import { describe, expect, it } from 'vitest';
import { Slots } from '../../../src/live/host/slots.ts';

describe('slots', () => {
  it('are taken first come, first served', async () => {
    const slots = new Slots(1);
    const order: number[] = [];
    const held = await slots.take();
    const waiting = [1, 2, 3].map(async (number) => {
      const slot = await slots.take();
      order.push(number);
      slot?.dispose();
    });
    held?.dispose();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
  });

  it('are not lost on who left the line', async () => {
    const slots = new Slots(1);
    const held = await slots.take();
    const abort = new AbortController();
    const left = slots.take(abort.signal);
    const stayed = slots.take();
    abort.abort();
    expect(await left).toBeUndefined();
    held?.dispose();
    expect(await stayed).toBeDefined();
    expect(await slots.take(AbortSignal.abort())).toBeUndefined();
  });

  it('become fewer with every shrink, down to one', async () => {
    const slots = new Slots(3);
    const held = [await slots.take(), await slots.take(), await slots.take()];
    for (let time = 0; time < 5; time++) slots.shrink();
    let got = false;
    const next = slots.take().then((slot) => {
      got = true;
      return slot;
    });
    held[0]?.dispose();
    held[1]?.dispose();
    await Promise.resolve();
    expect(got).toBe(false);
    held[2]?.dispose();
    expect(await next).toBeDefined();
  });
});
