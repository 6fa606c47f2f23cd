import { bytes, formatBytes, gibibytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import { message } from '../../../base/message.ts';
import type { KnownEstimate } from '../estimate.ts';
import { text } from './text.ts';
import type { TunedSetting, TuneRequest, Workload } from './tune.ts';

/** The sizes that decide whether a server fits, in MiB. */
export interface Sizes {
  readonly shared: number;
  readonly work: number;
  readonly maintenance: number;
}

/** The largest sizes, between what works at all and what would be best, whose peak stays under the target. */
export function fittingSizes(request: TuneRequest, connections: number, estimate: (sizes: Sizes) => KnownEstimate): Sizes {
  const [least, best] = [leastSizes(), bestSizes(request, connections)];
  const target = targetOf(request.limit);
  let low = 0;
  let high = 1;
  if (estimate(between(least, best, 1)).peak <= target) return between(least, best, 1);
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (estimate(between(least, best, middle)).peak <= target) low = middle;
    else high = middle;
  }
  return between(least, best, low);
}

/** Part of the limit that the peak may take: under small limits every MiB is needed, under large ones surprises are larger. */
export function targetOf(limit: Bytes): Bytes {
  return bytes(Math.floor(limit * (limit < mebibytes(192) ? 0.95 : 0.9)));
}

/** As many as such a container serves without spending its memory on idle sessions. */
export function defaultConnections(limit: Bytes): number {
  return STEPS.find(([upTo]) => limit <= upTo)?.[1] ?? 200;
}

const STEPS: readonly (readonly [Bytes, number])[] = [
  [mebibytes(80), 8],
  [mebibytes(112), 12],
  [mebibytes(160), 15],
  [mebibytes(320), 20],
  [mebibytes(640), 30],
  [gibibytes(1), 50],
  [gibibytes(8), 100],
];

export function sizeSettings(
  { shared, work, maintenance }: Sizes,
  { limit, connections: asked }: TuneRequest,
  connections: number,
): readonly TunedSetting[] {
  const data = { connections, limit: formatBytes(limit) };
  const short = shared < (limit / 1024 ** 2) * 0.2;
  return [
    { name: 'shared_buffers', value: size(shared), reason: message(short ? text.sharedShort : text.shared, data) },
    {
      name: 'max_connections',
      value: String(connections),
      reason: message(asked === undefined ? text.connectionsByLimit : text.connections, data),
    },
    { name: 'work_mem', value: size(work), reason: message(text.work) },
    { name: 'maintenance_work_mem', value: size(maintenance), reason: message(text.maintenance) },
  ];
}

const SMALLEST_SHARED = 8;
const SMALLEST_WORK = 0.5;
const SMALLEST_MAINTENANCE = 4;

function leastSizes(): Sizes {
  return { shared: SMALLEST_SHARED, work: SMALLEST_WORK, maintenance: SMALLEST_MAINTENANCE };
}

/** How large a share of the limit one sort may take, by what the database mostly does. */
const WORK_SHARE: Readonly<Record<Workload, number>> = { web: 1 / 64, oltp: 1 / 128, mixed: 1 / 32 };

function bestSizes({ limit, workload }: TuneRequest, connections: number): Sizes {
  const mib = limit / 1024 ** 2;
  // Many connections sort more often at the same time than few do.
  const crowd = Math.max(1, connections / 50);
  return {
    shared: Math.max(SMALLEST_SHARED, mib / 4),
    work: Math.min(128, Math.max(SMALLEST_WORK, (mib * WORK_SHARE[workload]) / crowd)),
    maintenance: Math.min(512, Math.max(SMALLEST_MAINTENANCE, mib / 12)),
  };
}

function between(least: Sizes, best: Sizes, share: number): Sizes {
  const at = (low: number, high: number, step: number): number =>
    Math.max(low, Math.floor((low + (high - low) * share) / step) * step);
  return {
    shared: at(least.shared, best.shared, best.shared >= 64 ? 4 : 1),
    work: at(least.work, best.work, best.work >= 4 ? 1 : 0.25),
    maintenance: at(least.maintenance, best.maintenance, best.maintenance >= 32 ? 4 : 1),
  };
}

function size(mib: number): string {
  return Number.isInteger(mib) ? `${String(mib)}MB` : `${String(mib * 1024)}kB`;
}
