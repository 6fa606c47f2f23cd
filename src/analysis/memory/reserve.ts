import { bytes, mebibytes, parseSize, type Bytes } from '../../base/bytes.ts';
import { text } from './budget-text.ts';
import type { BudgetPart } from './budget.ts';

/** What the operating system, the firmware and Docker itself take: by the system's name, or as a size. */
export type Reserve =
  { readonly kind: 'system'; readonly system: ReserveSystem } | { readonly kind: 'size'; readonly size: Bytes };

export type ReserveSystem = 'lite' | 'desktop' | 'ubuntu' | 'dietpi' | 'brief';

export const reserveSystems: readonly ReserveSystem[] = ['lite', 'desktop', 'ubuntu', 'dietpi', 'brief'];

/** Raspberry Pi OS Lite is what such boards run where nobody says otherwise. */
export const defaultReserve: Reserve = { kind: 'system', system: 'lite' };

/** The parts of a budget that the reserve takes away; the shims of the containers come on top of a system's. */
export function partsOfReserve(reserve: Reserve, total: Bytes): readonly BudgetPart[] {
  if (reserve.kind === 'size') return [{ label: text.reserve, size: bytes(0 - reserve.size), from: text.given }];
  if (reserve.system === 'brief') return [{ label: text.systemAndDocker, size: mebibytes(-80), from: text.flat }];
  const { name, small, large, from } = SYSTEMS[reserve.system];
  // The kernel's own tables and the page cache's minimum grow with the board.
  const system = total < SMALL_BOARD ? small : large;
  return [
    { label: name, size: mebibytes(-system), from },
    { label: text.docker, size: mebibytes(-100), from: text.dockerPlan },
  ];
}

const SMALL_BOARD = mebibytes(700);

const SYSTEMS = {
  lite: {
    name: text.lite,
    small: 125,
    large: 150,
    from: text.liteIdle,
  },
  desktop: {
    name: text.desktop,
    small: 210,
    large: 400,
    from: text.desktopPlan,
  },
  ubuntu: { name: text.ubuntu, small: 190, large: 230, from: text.plan },
  dietpi: { name: text.dietpi, small: 80, large: 100, from: text.plan },
} as const satisfies Readonly<
  Record<Exclude<ReserveSystem, 'brief'>, { name: string; small: number; large: number; from: string }>
>;

/** Reads `lite` or `180M`; undefined where the text is neither. */
export function reserveOf(written: string): Reserve | undefined {
  const system = reserveSystems.find((each) => each === written);
  if (system !== undefined) return { kind: 'system', system };
  const size = parseSize(written);
  return size.ok ? { kind: 'size', size: size.value } : undefined;
}
