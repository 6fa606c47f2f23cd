import { bytes, mebibytes, type Bytes } from '../../base/bytes.ts';
import { text } from './budget-text.ts';
import type { HostFacts } from './host.ts';
import { partsOfReserve, type Reserve } from './reserve.ts';

/** What containers may use together on that board (or that host, whose own numbers win), with so many of them. */
export function budgetFor(board: Board, reserve: Reserve, containers: number, host?: HostFacts): Budget {
  const total = host?.memoryTotal ?? board.memTotal;
  const memory: BudgetPart = {
    label: text.memory,
    size: total,
    from: host?.memoryTotal === undefined ? MEMORY_FROM[board.memTotalFrom] : text.readOnHost,
  };
  const taken =
    host?.memoryForContainers === undefined ? partsOfReserve(reserve, total) : [measured(total, host.memoryForContainers)];
  const perContainer = reserve.kind === 'system' && reserve.system !== 'brief' ? [shims(containers)] : [];
  const parts = [memory, ...taken, ...perContainer].filter((part) => part.size !== 0);
  const available = bytes(
    Math.max(
      0,
      parts.reduce((sum, part) => sum + part.size, 0),
    ),
  );
  return { total, available, parts, notCounted: swapOf(board, total, host) };
}

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
  /** What its processor runs, the best first. Without `arm64` it is a 32-bit board. */
  readonly architectures: readonly ('arm64' | 'arm/v7' | 'arm/v6')[];
  readonly pageSize: Bytes;
  /** ARMv8.2-A, which MongoDB since 5.0 needs: the Pi 5 family alone. Undefined for a plain size. */
  readonly armv82: boolean | undefined;
}

/** What containers may use together, and how it is made up. */
export interface Budget {
  readonly total: Bytes;
  readonly available: Bytes;
  /** They add up to `available`, unless the reserve is larger than the memory: then that is 0. */
  readonly parts: readonly BudgetPart[];
  /** What is there and yet no memory to plan with: swap of any kind. */
  readonly notCounted: readonly BudgetPart[];
}

export interface BudgetPart {
  /** English; a key of translation. */
  readonly label: string;
  /** Negative takes away. */
  readonly size: Bytes;
  readonly from: string;
}

export type Verdict = 'fits' | 'tight' | 'overcommitted' | 'cannot-fit' | 'unknown';

const MEMORY_FROM: Readonly<Record<Board['memTotalFrom'], string>> = {
  reported: text.reported,
  derived: text.derived,
  given: text.given,
};

function measured(total: Bytes, forContainers: Bytes): BudgetPart {
  return {
    label: text.host,
    size: bytes(forContainers - total),
    from: text.measuredOnHost,
  };
}

/** containerd-shim, the container's network and its cgroups: 9 to 11 MiB each were measured with containerd 1.6. */
function shims(containers: number): BudgetPart {
  return { label: text.shims, size: mebibytes(-10 * containers), from: text.perShim };
}

function swapOf(board: Board, total: Bytes, host: HostFacts | undefined): readonly BudgetPart[] {
  if (host?.swap !== undefined) {
    const { size, medium } = host.swap;
    return medium === 'none' || size === 0 ? [] : [{ label: SWAP_LABEL[medium], size, from: text.readOnHost }];
  }
  if (board.memTotalFrom === 'given') return [];
  // The size rule was only observed: 906 MiB on 1 GB boards, 2 GiB on larger ones.
  const size = bytes(Math.min(total, mebibytes(2048)));
  return [{ label: SWAP_LABEL.zram, size, from: text.zramDefault }];
}

const SWAP_LABEL: Readonly<Record<'zram' | 'card' | 'disk', string>> = {
  zram: text.zram,
  card: text.card,
  disk: text.disk,
};
