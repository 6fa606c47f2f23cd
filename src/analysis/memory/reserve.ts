import { bytes, mebibytes, parseSize, type Bytes } from '../../base/bytes.ts';
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
  if (reserve.kind === 'size') return [{ label: 'Reserve', size: bytes(0 - reserve.size), from: 'the size that was given' }];
  if (reserve.system === 'brief')
    return [{ label: 'System and Docker', size: mebibytes(-80), from: 'the flat 80 MB of the setting "brief"' }];
  const { name, small, large, from } = SYSTEMS[reserve.system];
  // The kernel's own tables and the page cache's minimum grow with the board.
  const system = total < SMALL_BOARD ? small : large;
  return [
    { label: name, size: mebibytes(-system), from },
    { label: 'Docker: dockerd and containerd', size: mebibytes(-100), from: 'planning figure; 60 to 150 MiB were reported' },
  ];
}

const SMALL_BOARD = mebibytes(700);

const SYSTEMS = {
  lite: {
    name: 'Raspberry Pi OS Lite, 64-bit',
    small: 125,
    large: 150,
    from: '`free` on idle boards: 125 MiB on a Zero 2 W, 150 MiB on a 1 GB board',
  },
  desktop: {
    name: 'Raspberry Pi OS Desktop',
    small: 210,
    large: 400,
    from: 'planning figure; half of a 512 MB board was reported',
  },
  ubuntu: { name: 'Ubuntu Server', small: 190, large: 230, from: 'planning figure, not measured' },
  dietpi: { name: 'DietPi', small: 80, large: 100, from: 'planning figure, not measured' },
} as const satisfies Readonly<
  Record<Exclude<ReserveSystem, 'brief'>, { name: string; small: number; large: number; from: string }>
>;

/** Reads `lite` or `180M`; undefined where the text is neither. */
export function reserveOf(text: string): Reserve | undefined {
  const system = reserveSystems.find((each) => each === text);
  if (system !== undefined) return { kind: 'system', system };
  const size = parseSize(text);
  return size.ok ? { kind: 'size', size: size.value } : undefined;
}
