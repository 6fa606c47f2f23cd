import type { Bytes } from '../../base/bytes.ts';

/** A Raspberry Pi model with its memory, or a plain size. */
export interface Board {
  readonly id: string;
  readonly name: string;
  /** What the box says. */
  readonly installed: Bytes;
  /** What Linux reports on a 64-bit system (MemTotal). */
  readonly memTotal: Bytes;
  /** Where that figure comes from: a reading, or derived from a sibling's. */
  readonly memTotalFrom: 'reported' | 'derived' | 'given';
  readonly cores: number;
  readonly architectures: readonly ('arm64' | 'arm/v7' | 'arm/v6')[];
  readonly pageSize: Bytes;
  /** ARMv8.2-A, which MongoDB since 5.0 needs: the Pi 5 family alone. */
  readonly armv82: boolean;
}

/** What containers may use together, and how it is made up. */
export interface Budget {
  readonly total: Bytes;
  readonly available: Bytes;
  readonly parts: readonly BudgetPart[];
}

export interface BudgetPart {
  readonly label: string;
  /** Negative takes away. The parts add up to `available`. */
  readonly size: Bytes;
  readonly from: string;
}

export type Verdict = 'fits' | 'tight' | 'overcommitted' | 'cannot-fit' | 'unknown';
