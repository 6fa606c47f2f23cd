import { bytes, mebibytes, roundUp, type Bytes } from '../../../base/bytes.ts';
import type { Budget } from '../budget.ts';
import { limitFor } from '../limits.ts';
import type { SettingChange } from '../runtime-model.ts';
import type { ServiceMemory } from '../stack-memory.ts';
import { rangeOf, type ServiceRange } from './range.ts';

/** Limits and settings for a whole stack that live together within a budget, or the finding that there are none. */
export type StackFit =
  | {
      readonly fits: true;
      readonly services: readonly ServiceFit[];
      readonly need: Bytes;
      /** What the stack as a whole lost: nothing, settings, or room for its heaviest load. */
      readonly gaveUp: GivenUp;
    }
  | { readonly fits: false; readonly least: Bytes; readonly available: Bytes; readonly unknown: readonly string[] };

export interface ServiceFit {
  readonly memory: ServiceMemory;
  readonly limit: Bytes;
  readonly changes: readonly SettingChange[];
  readonly gaveUp: GivenUp;
}

/** `settings` were turned down and its peak fits; `load` means that its heaviest load would be killed or crawl. */
export type GivenUp = 'nothing' | 'settings' | 'load';

/**
 * Gives each service the limit of its peak where all of them fit. Where they don't, settings are turned down first,
 * in all services that have some and by the same share, so that proportions stay sane; only then services without a
 * knob lose room, first down to ordinary use and never below their floor.
 */
export function fitStack(services: readonly ServiceMemory[], budget: Budget, agents = 1): StackFit {
  const ranges = services.map(rangeOf);
  const unknown = services.filter((_, at) => ranges[at] === undefined).map((each) => each.service.name);
  const known = ranges.filter((range) => range !== undefined);
  const share = bytes(Math.floor((budget.available * COMFORT) / agents));
  const whole = bytes(Math.floor(budget.available / agents));
  const least = total(known, (range) => range.least);
  if (unknown.length > 0 || least > whole)
    return { fits: false, least: bytes(least * agents), available: budget.available, unknown };
  // Comfort is kept where it costs settings alone; before anything is starved, the last tenth is used.
  const room = total(known, (range) => range.turnedDown) <= share ? share : whole;
  return settle(known, room, agents);
}

/** Up to nine tenths the verdict is `fits`. */
const COMFORT = 0.9;
const STEP = mebibytes(8);

function settle(ranges: readonly ServiceRange[], room: Bytes, agents: number): StackFit {
  const full = total(ranges, (range) => range.full);
  const turned = total(ranges, (range) => range.turnedDown);
  const limitOf =
    full <= room
      ? (range: ServiceRange): Bytes => range.full
      : turned <= room
        ? between(ranges, room, (range) => [range.turnedDown, range.full])
        : between(ranges, room, (range) => [range.least, range.turnedDown]);
  const services = ranges.map((range) => serviceFit(range, limitOf(range)));
  const need = bytes(services.reduce((sum, fit) => sum + fit.limit * fit.memory.replicas, 0) * agents);
  const gaveUp = (['load', 'settings'] as const).find((kind) => services.some((fit) => fit.gaveUp === kind)) ?? 'nothing';
  return { fits: true, services, need, gaveUp };
}

/** The same share of every service's way from low to high, as large as the room allows, in steps of 8 MiB. */
function between(
  ranges: readonly ServiceRange[],
  room: Bytes,
  ends: (range: ServiceRange) => readonly [Bytes, Bytes],
): (range: ServiceRange) => Bytes {
  const at =
    (share: number) =>
    (range: ServiceRange): Bytes => {
      const [low, high] = ends(range);
      return bytes(Math.min(high, low + Math.floor(((high - low) * share) / STEP) * STEP));
    };
  let best = at(0);
  for (let percent = 1; percent <= 100; percent++) {
    const next = at(percent / 100);
    if (total(ranges, next) > room) break;
    best = next;
  }
  return best;
}

function serviceFit(range: ServiceRange, limit: Bytes): ServiceFit {
  const { memory } = range;
  if (limit >= range.full) return { memory, limit, changes: [], gaveUp: 'nothing' };
  const fitting = range.fitTo(limit);
  if (fitting !== undefined)
    return { memory, limit: tight(limit, fitting.estimate), changes: fitting.changes, gaveUp: 'settings' };
  // What can be turned down is, even where that alone doesn't do: less load is lost that way.
  const lowest = range.fitTo(range.turnedDown);
  return { memory, limit, changes: lowest?.changes ?? [], gaveUp: 'load' };
}

/** A knob moves in steps of its own; what it leaves of the limit is given back. */
function tight(limit: Bytes, estimate: Parameters<typeof limitFor>[0]): Bytes {
  return bytes(Math.min(limit, roundUp(limitFor(estimate), STEP)));
}

function total(ranges: readonly ServiceRange[], size: (range: ServiceRange) => Bytes): Bytes {
  return bytes(ranges.reduce((sum, range) => sum + size(range) * range.memory.replicas, 0));
}
