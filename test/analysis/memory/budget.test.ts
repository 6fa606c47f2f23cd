import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bytes, mebibytes } from '../../../src/base/bytes.ts';
import { boardById, boards } from '../../../src/analysis/memory/boards.ts';
import { budgetFor } from '../../../src/analysis/memory/budget.ts';
import { defaultReserve, reserveOf, reserveSystems, type Reserve } from '../../../src/analysis/memory/reserve.ts';

const zero = boardById('pi-zero-2w')!;
const mib = (size: number): number => Math.round(size / 1024 ** 2);

describe('a budget', () => {
  it('is what Linux has less the system, Docker and a shim for each container', () => {
    const budget = budgetFor(zero, defaultReserve, 3);
    expect(budget.parts.map((part) => [part.label, mib(part.size)])).toEqual([
      ['Memory that Linux has', 416],
      ['Raspberry Pi OS Lite, 64-bit', -125],
      ['Docker: dockerd and containerd', -100],
      ['A shim for each container', -30],
    ]);
    expect(mib(budget.available)).toBe(161);
  });

  it('takes a size as the whole reserve', () => {
    expect(budgetFor(zero, { kind: 'size', size: mebibytes(180) }, 5).available).toBe(zero.memTotal - mebibytes(180));
  });

  it('can be as generous as a flat 80 MB, where a setting says so', () => {
    const plain = boardById('512M')!;
    expect(budgetFor(plain, { kind: 'system', system: 'brief' }, 9).available).toBe(mebibytes(432));
  });

  it('follows the connected host instead of the table', () => {
    const host = { memoryTotal: mebibytes(400), memoryForContainers: mebibytes(250) };
    const budget = budgetFor(zero, defaultReserve, 2, host);
    expect(budget.total).toBe(mebibytes(400));
    expect(budget.available).toBe(mebibytes(230));
    expect(budget.parts[0]?.from).toBe('read on the host');
  });

  it('shows swap beside it and never inside it', () => {
    const budget = budgetFor(zero, defaultReserve, 0, { swap: { size: mebibytes(512), medium: 'zram' } });
    expect(budget.notCounted).toHaveLength(1);
    expect(budget.parts.some((part) => part.label.includes('wap'))).toBe(false);
    expect(budgetFor(zero, defaultReserve, 0, { swap: { size: bytes(0), medium: 'none' } }).notCounted).toEqual([]);
  });

  it('always adds up, or is zero where the reserve is larger than the memory', () => {
    const reserves: readonly Reserve[] = [
      ...reserveSystems.map((system) => ({ kind: 'system', system }) as const),
      { kind: 'size', size: mebibytes(300) },
    ];
    fc.assert(
      fc.property(fc.constantFrom(...boards), fc.constantFrom(...reserves), fc.nat(60), (board, reserve, containers) => {
        const { parts, available, total } = budgetFor(board, reserve, containers);
        const sum = parts.reduce((all, part) => all + part.size, 0);
        expect(available).toBe(Math.max(0, sum));
        expect(available).toBeLessThanOrEqual(total);
      }),
    );
  });
});

describe('a reserve', () => {
  it('is a system or a size', () => {
    expect(reserveOf('dietpi')).toEqual({ kind: 'system', system: 'dietpi' });
    expect(reserveOf('180M')).toEqual({ kind: 'size', size: mebibytes(180) });
    expect(reserveOf('windows')).toBeUndefined();
  });
});
