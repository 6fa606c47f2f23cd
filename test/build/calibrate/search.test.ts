import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Trial } from '../../../src/build/calibrate/measurement.ts';
import { smallestLimits } from '../../../src/build/calibrate/search.ts';

const MIB = 1024 ** 2;

/** A program that is killed below one limit and slow below another. */
function program(killedBelow: number, slowBelow: number) {
  const asked: number[] = [];
  const attempt = (limit: number): Promise<Trial> => {
    asked.push(limit / MIB);
    const outcome = limit < killedBelow * MIB ? 'killed' : limit < slowBelow * MIB ? 'slow' : 'worked';
    return Promise.resolve({ limit, outcome, throughput: outcome === 'killed' ? 0 : 1, lost: 0, majorFaults: 0 });
  };
  return { asked, attempt };
}

describe('the search for the smallest limits', () => {
  it('finds where it works and where it survives, to 6 and 12 %', async () => {
    const { attempt } = program(70, 96);
    const { survives, works } = await smallestLimits({ guess: 120 * MIB, ceiling: 400 * MIB }, attempt);
    expect(works / MIB).toBeGreaterThanOrEqual(96);
    expect(works / MIB).toBeLessThanOrEqual(102);
    expect(survives / MIB).toBeGreaterThanOrEqual(70);
    expect(survives / MIB).toBeLessThanOrEqual(79);
  });

  it('goes up when the guess was too small', async () => {
    const { works } = await smallestLimits({ guess: 60 * MIB, ceiling: 400 * MIB }, program(100, 150).attempt);
    expect(works / MIB).toBeGreaterThanOrEqual(150);
    expect(works / MIB).toBeLessThanOrEqual(159);
  });

  it('says so when nothing works', async () => {
    await expect(smallestLimits({ guess: 60 * MIB, ceiling: 90 * MIB }, program(500, 500).attempt)).rejects.toThrow(
      /does not even work/,
    );
  });

  it('never tries one limit twice, and is never below what it takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 6, max: 500 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 6, max: 800 }),
        async (kill, zone, guess) => {
          const { asked, attempt } = program(kill, kill + zone);
          const { survives, works } = await smallestLimits({ guess: guess * MIB, ceiling: 1000 * MIB }, attempt);
          expect(new Set(asked).size).toBe(asked.length);
          expect(survives).toBeGreaterThanOrEqual(kill * MIB);
          expect(works).toBeGreaterThanOrEqual((kill + zone) * MIB);
          expect(works).toBeLessThanOrEqual((kill + zone) * MIB * 1.07 + 3 * MIB);
        },
      ),
    );
  });
});
