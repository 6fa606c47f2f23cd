import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileId } from '../../../src/base/span.ts';
import { recommendedLimit } from '../../../src/analysis/memory/limits.ts';
import type { RuntimeInputs } from '../../../src/analysis/memory/runtime-model.ts';
import { runtimeOf } from '../../../src/analysis/memory/runtimes.ts';
import type { MeasuredService, ProgramMeasurements } from '../../../src/build/calibrate/measurement.ts';
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
  /** The smallest limit that worked; undefined where none was looked for. */
  readonly works: number | undefined;
  readonly recommended: number;
}

const FOLDER = fileURLToPath(new URL('../../calibration/', import.meta.url));

export function measuredPrograms(): readonly ProgramMeasurements[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(FOLDER + name, 'utf8')) as ProgramMeasurements);
}

/** Loads differ where the configuration doesn't: only the heaviest of them says what the configuration needs. */
export function comparisons(): readonly Comparison[] {
  return measuredPrograms().flatMap(({ program, machine, measurements }) => {
    const byService = new Map<string, (typeof measurements)[number][]>();
    for (const each of measurements) {
      const key = JSON.stringify(each.service);
      byService.set(key, [...(byService.get(key) ?? []), each]);
    }
    return [...byService.values()].map((loads) => {
      const heaviest = loads.reduce((one, other) => (other.peak.unreclaimable > one.peak.unreclaimable ? other : one));
      const works = Math.max(...loads.map((load) => load.limits?.works ?? 0));
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
    recommended: model === undefined ? Number.NaN : mib(recommendedLimit(model, given) ?? Number.NaN),
  };
}

function mib(size: number): number {
  return size / 1024 ** 2;
}
