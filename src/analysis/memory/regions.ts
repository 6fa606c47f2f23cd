import { bytes, type Bytes } from '../../base/bytes.ts';
import type { KnownEstimate, MissingFact, Region, RegionOrigin, UnknownEstimate } from './estimate.ts';
import type { BeyondText } from './beyond-text.ts';
import { text, type RegionLabel } from './region-text.ts';

/** Adds regions up to an estimate: unreclaimable memory and program text count, cache is only shown. */
export function known(
  runtime: string,
  regions: readonly (Region | undefined)[],
  floor: Bytes,
  confidence: KnownEstimate['confidence'],
  beyond: readonly BeyondText[] = [],
): KnownEstimate {
  const kept = regions.filter((region) => region !== undefined && (region.peak > 0 || region.typical > 0)) as readonly Region[];
  const counted = kept.filter((region) => region.class !== 'cache');
  const typical = bytes(counted.reduce((sum, region) => sum + region.typical, 0));
  const peak = bytes(counted.reduce((sum, region) => sum + region.peak, 0));
  return {
    known: true,
    runtime,
    regions: kept,
    floor: bytes(Math.ceil(Math.min(floor, Number.MAX_SAFE_INTEGER / 1024))),
    typical,
    peak,
    confidence,
    beyond,
  };
}

export function unknown(runtime: string | undefined, missing: MissingFact): UnknownEstimate {
  return { known: false, runtime, missing };
}

/** A region in MiB. The peak never lies under what is typical. */
export function region(label: RegionLabel, kind: Region['class'], typical: number, peak: number, from: RegionOrigin): Region {
  const floored = wholeBytes(typical);
  return { label, class: kind, typical: floored, peak: bytes(Math.max(floored, wholeBytes(peak))), from };
}

/** The parts of a program's own files that must stay in memory for it to run at speed. */
export function programText(size: number, from: RegionOrigin, peak = size): Region {
  return region(text.programText, 'programText', size, peak, from);
}

export function measured(measurement: string): RegionOrigin {
  return { kind: 'measured', measurement };
}

export function formula(text: string): RegionOrigin {
  return { kind: 'formula', formula: text };
}

export function byDefault(source: string): RegionOrigin {
  return { kind: 'default', source };
}

export function inMebibytes(size: Bytes): number {
  return size / 1024 ** 2;
}

/** A setting may be absurd (`work_mem` of 2 TB); the sum stays a number that can be shown. */
function wholeBytes(size: number): Bytes {
  return bytes(Math.round(Math.min(Math.max(0, Number.isFinite(size) ? size : 0), MOST) * 1024 ** 2));
}

/** A tebibyte, in MiB. */
const MOST = 1024 ** 2;
