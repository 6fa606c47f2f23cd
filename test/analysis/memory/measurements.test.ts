import { describe, expect, it } from 'vitest';
import { comparisons, summary } from './measured.ts';

const all = comparisons();

describe('the models against what was measured', () => {
  it.each(all.map((each) => [each.id, each] as const))('recognise %s', (_id, { runtime, program }) => {
    expect(runtime).toBe(program);
  });

  it.each(
    all.filter((each) => each.works !== undefined && each.confidence === 'measured').map((each) => [each.id, each] as const),
  )('recommend a limit that worked for %s, and no more than 1.6 times the smallest one', (_id, { recommended, works = 0 }) => {
    expect(recommended).toBeGreaterThanOrEqual(works);
    expect(recommended).toBeLessThanOrEqual(Math.max(1.6 * works, works + 16));
  });

  it('come near in the median: limits within 1.3 times the smallest that worked, the peak within a fifth', () => {
    const { medianRatio, medianError } = summary(all);
    expect(medianRatio).toBeLessThanOrEqual(1.3);
    expect(medianError).toBeLessThanOrEqual(0.2);
  });

  it.each(all.map((each) => [each.id, each] as const))(
    'set no floor above the smallest limit that worked for %s',
    (_id, { works, floor }) => {
      if (works !== undefined) expect(floor).toBeLessThanOrEqual(works);
    },
  );
});
