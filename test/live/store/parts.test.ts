import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, Latch } from '../../../src/live/store/latch.ts';
import { Rate } from '../../../src/live/store/rate.ts';
import { Ring } from '../../../src/live/store/ring.ts';

describe('a ring', () => {
  it('holds the newest, oldest first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer()),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 30 }),
        (all, size, count) => {
          const ring = new Ring(size);
          for (const each of all) ring.push(each);
          expect(ring.recent()).toEqual(all.slice(-size));
          expect(ring.recent(count)).toEqual(count === 0 ? [] : all.slice(-size).slice(-count));
        },
      ),
    );
  });
});

describe('a rate', () => {
  it('needs two readings, and is over a window', () => {
    const rate = new Rate(10_000);
    rate.push(0, 100);
    expect(rate.perSecond).toBeUndefined();
    rate.push(1000, 150);
    expect(rate.perSecond).toBe(50);
    for (let second = 2; second <= 30; second++) rate.push(second * 1000, 150);
    expect(rate.perSecond).toBe(0);
  });

  it('compares across slow samples', () => {
    const rate = new Rate(10_000);
    rate.push(0, 0);
    rate.push(60_000, 600);
    expect(rate.perSecond).toBe(10);
  });

  it('begins anew where a counter fell or was missing', () => {
    const rate = new Rate(10_000);
    rate.push(0, 1000);
    rate.push(1000, 5);
    expect(rate.perSecond).toBeUndefined();
    rate.push(2000, 8);
    expect(rate.perSecond).toBe(3);
    rate.push(3000, undefined);
    expect(rate.perSecond).toBeUndefined();
  });

  it('is never below nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.option(fc.nat(), { nil: undefined }))), (steps) => {
        const rate = new Rate(10_000);
        let at = 0;
        for (const [step, value] of steps) {
          rate.push((at += step), value);
          expect(rate.perSecond ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('a latch', () => {
  it('needs its time for both ways, and unknown changes nothing', () => {
    const latch = new Latch({ raiseAfterMs: 10, clearAfterMs: 20 });
    expect(latch.update(0, 'bad')).toBe(false);
    expect(latch.update(9, 'unknown')).toBe(false);
    expect(latch.update(10, 'bad')).toBe(true);
    expect(latch.update(30, 'between')).toBe(true);
    expect(latch.update(40, 'good')).toBe(true);
    expect(latch.update(59, 'good')).toBe(true);
    expect(latch.update(60, 'good')).toBe(false);
  });

  it('a moment of calm starts the wait over', () => {
    const latch = new Latch({ raiseAfterMs: 10, clearAfterMs: 0 });
    latch.update(0, 'bad');
    latch.update(5, 'good');
    expect(latch.update(10, 'bad')).toBe(false);
    expect(latch.update(20, 'bad')).toBe(true);
  });

  it('judges with two thresholds', () => {
    expect([95, 88, 80, undefined].map((value) => judge(value, 90, 85))).toEqual(['bad', 'between', 'good', 'unknown']);
  });
});
