import { fileId } from '../../../src/base/span.ts';
import type { KnownEstimate } from '../../../src/analysis/memory/estimate.ts';
import { recommendedLimit } from '../../../src/analysis/memory/limits.ts';
import type { RuntimeInputs } from '../../../src/analysis/memory/runtime-model.ts';
import { runtimeOf } from '../../../src/analysis/memory/runtimes.ts';
import type { MeasuredService } from '../../../src/build/calibrate/measurement.ts';
import { readMeasurements } from '../../calibration/measurements.ts';
import { inputs } from './service-builder.ts';

/** One configuration as measured under its heaviest load, beside what its model says. Sizes in MiB. */
export interface Comparison {
  readonly id: string;
  readonly program: string;
  readonly runtime: string | undefined;
  readonly measured: number;
  readonly programText: number;
  readonly estimated: number;
  readonly estimatedText: number;
  readonly floor: number;
  /** A model that plans for what no file tells says so of itself. */
  readonly confidence: KnownEstimate['confidence'] | undefined;
  /** The smallest limit that worked; undefined where none was looked for. */
  readonly works: number | undefined;
  readonly recommended: number;
}

/** Loads differ where the configuration doesn't: only the heaviest of them says what the configuration needs. */
export function comparisons(): readonly Comparison[] {
  return readMeasurements().flatMap(({ program: name, machine, measurements }) => {
    const program = name.replace('-', '');
    const byService = new Map<string, (typeof measurements)[number][]>();
    for (const each of measurements) {
      const key = JSON.stringify(each.service).replace(/(?:\\n)+"/g, '"');
      byService.set(key, [...(byService.get(key) ?? []), each]);
    }
    // A Go program says nothing of itself unless somebody capped its heap: its estimate is an honest unknown.
    const told = [...byService.values()].filter(
      (loads) => program !== 'go' || loads[0]?.service.environment?.GOMEMLIMIT !== undefined,
    );
    return told.map((loads) => {
      const heaviest = loads.reduce((one, other) => (other.peak.unreclaimable > one.peak.unreclaimable ? other : one));
      // A limit that was looked for under a much lighter load says nothing of the heaviest.
      const alike = loads.filter((load) => load.peak.unreclaimable >= 0.9 * heaviest.peak.unreclaimable);
      const works = Math.max(...alike.map((load) => load.limits?.works ?? 0));
      return {
        ...{ id: heaviest.id, program, measured: mib(heaviest.peak.unreclaimable), programText: mib(heaviest.peak.programText) },
        ...{ works: works > 0 ? mib(works) : undefined, ...modelled(heaviest.service, machine.cores) },
      };
    });
  });
}

function modelled(service: MeasuredService, cores: number) {
  const given: RuntimeInputs = {
    ...inputs(JSON.stringify({ image: service.image, command: service.command, environment: service.environment ?? {} }), {
      cores,
    }),
    files: new Map(Object.entries(service.files ?? {}).map(([path, text]) => [path, { file: fileId(path), text }])),
  };
  const model = runtimeOf(given);
  const estimate = model?.estimate(given);
  const regions = estimate?.known === true ? estimate.regions : [];
  const sum = (kind: string): number =>
    mib(regions.filter((region) => region.class === kind).reduce((all, region) => all + region.peak, 0));
  return {
    runtime: model?.id,
    estimated: sum('unreclaimable'),
    estimatedText: sum('programText'),
    floor: estimate?.known === true ? mib(estimate.floor) : Number.NaN,
    confidence: estimate?.known === true ? estimate.confidence : undefined,
    recommended: model === undefined ? Number.NaN : mib(recommendedLimit(model, given) ?? Number.NaN),
  };
}

function mib(size: number): number {
  return size / 1024 ** 2;
}

/** The judgement over all of them: what a recommended limit promises, and how near the estimate comes. */
export function summary(all: readonly Comparison[]) {
  const limited = all.flatMap((each) => (each.works === undefined ? [] : [{ ...each, works: each.works }]));
  return {
    under: limited.filter(({ recommended, works }) => recommended < works).map(({ id }) => id),
    over: limited.filter(({ recommended, works }) => recommended > Math.max(1.6 * works, works + 16)).map(({ id }) => id),
    medianRatio: median(limited.map(({ recommended, works }) => recommended / works)),
    medianError: median(all.map(({ estimated, measured }) => Math.abs(estimated / measured - 1))),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
