import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import type { Budget } from '../../../src/analysis/memory/budget.ts';
import { judge } from '../../../src/analysis/memory/verdict.ts';

const budget: Budget = { total: mebibytes(100), available: mebibytes(100), parts: [], notCounted: [] };

describe('a verdict', () => {
  it.each([
    [90, 10, 'fits'],
    [91, 10, 'tight'],
    [100, 10, 'tight'],
    [101, 10, 'overcommitted'],
    [300, 100, 'overcommitted'],
    [300, 101, 'cannot-fit'],
    [80, 101, 'cannot-fit'],
  ] as const)('on a need of %i and floors of %i of 100 MiB is %s', (need, floor, verdict) => {
    expect(judge([{ need: mebibytes(need), floor: mebibytes(floor), count: 1 }], budget).verdict).toBe(verdict);
  });

  it('counts replicas and agents', () => {
    const claim = { need: mebibytes(30), floor: mebibytes(10), count: 4 };
    expect(judge([claim], budget)).toEqual({ verdict: 'overcommitted', need: mebibytes(120), floors: mebibytes(40) });
  });

  it('withholds a yes for services that are unknown, and never a no', () => {
    const unknown = { need: undefined, floor: undefined, count: 1 };
    const small = { need: mebibytes(10), floor: mebibytes(5), count: 1 };
    expect(judge([small, unknown], budget).verdict).toBe('unknown');
    expect(judge([small, { ...unknown, count: 0 }], budget).verdict).toBe('fits');
    expect(judge([{ ...small, count: 11 }, unknown], budget).verdict).toBe('overcommitted');
    expect(judge([{ ...small, count: 21 }, unknown], budget).verdict).toBe('cannot-fit');
  });

  it('is settled by a limit even where the estimate is unknown', () => {
    expect(judge([{ need: mebibytes(50), floor: undefined, count: 1 }], budget).verdict).toBe('fits');
  });
});
