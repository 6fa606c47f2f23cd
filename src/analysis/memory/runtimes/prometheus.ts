import { mebibytes } from '../../../base/bytes.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import type { RegionOrigin } from '../estimate.ts';
import { goHeapCap } from '../go-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { text } from '../beyond-text.ts';
import { byDefault, formula, known, measured, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const prometheus: RuntimeModel = {
  id: 'prometheus',
  references: ['https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects'],
  detects: (inputs) => evidenceOf(inputs, { image: /^prometheus$/, program: /^prometheus$/ }),
  estimate(inputs) {
    const cap = goHeapCap(inputs);
    const targets = targetsOf(inputs);
    const series = targets.series;
    const live = series * PER_SERIES;
    // GOMEMLIMIT makes the collector run more often; what lives it can't shrink.
    const garbage = Math.min(series * GARBAGE_PER_SERIES, Math.max(0, (cap?.most ?? Number.POSITIVE_INFINITY) - BASE - live));
    const regions = [
      region('Heap without series', 'unreclaimable', 13, BASE, measured(MEASURED)),
      region('Active series', 'unreclaimable', live * 0.4, live, targets.from),
      region('Queries and garbage', 'unreclaimable', 5, garbage, cap?.from ?? formula('3 KiB for each series: GOGC 100')),
      programText(TEXT, measured(MEASURED)),
    ];
    return known('prometheus', regions, mebibytes(FLOOR), 'measured', [text.series]);
  },
  examples: [
    {
      service: 'image: prom/prometheus:latest',
      peak: mebibytes(137),
      because: 'three targets are assumed where no configuration says more',
    },
  ],
};

const MEASURED = 'Prometheus 2.42, x86_64: 28, 112 and 302 MiB with 1000, 10,000 and 30,000 series';
const BASE = 20;
const TEXT = 26;
const FLOOR = 48;
/** MiB. What one series holds while its chunk fills, and what queries and scrapes leave for the collector. */
const PER_SERIES = 0.0062;
const GARBAGE_PER_SERIES = 0.0029;

/** A file names targets, not what they expose: node-exporter and cAdvisor bring a few thousand each. */
const SERIES_OF_A_SMALL_NETWORK = 8000;
const SERIES_PER_TARGET = 1000;

/** The static targets of a mounted prometheus.yml, and the sample_limit that bounds what they may expose. */
function targetsOf(inputs: RuntimeInputs): { readonly series: number; readonly from: RegionOrigin } {
  const conf = mountedFiles(inputs, /prometheus.*\.ya?ml$/);
  const count = conf.reduce((sum, source) => sum + staticTargets(source.text), 0);
  const limit = lineSetting(conf, 'sample_limit:');
  const bound = Number(limit?.text ?? 0);
  if (limit !== undefined && bound > 0) return { series: Math.min(bound * Math.max(1, count), 1e7), from: limit.from };
  const series = SERIES_OF_A_SMALL_NETWORK + (count > 0 ? count : 2) * SERIES_PER_TARGET;
  const origin = `8000 series and 1000 for each of ${String(count)} targets, 6 KiB each`;
  return { series, from: count > 0 ? formula(origin) : byDefault('targets unknown: 10,000 series are planned for') };
}

function staticTargets(text: string): number {
  const lists = [...text.matchAll(/^[ \t]*-?[ \t]*targets:[ \t]*\[([^\]]*)\]/gm)].flatMap((match) => (match[1] ?? '').split(','));
  const blocks = [...text.matchAll(/^[^\n#]*targets:[ \t]*\n((?:[ \t]*-[^\n:]*:\d+[^\n]*\n?)+)/gm)].flatMap((match) =>
    (match[1] ?? '').trim().split('\n'),
  );
  return [...lists, ...blocks].filter((target) => target.trim() !== '').length;
}
