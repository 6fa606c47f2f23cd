import { mebibytes } from '../../../base/bytes.ts';
import { mountedFiles } from '../conf-files.ts';
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
    const series = SERIES_OF_A_SMALL_NETWORK + targets.count * SERIES_PER_TARGET;
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

/** The static targets of a mounted prometheus.yml; service discovery isn't followed. */
function targetsOf(inputs: RuntimeInputs) {
  const conf = mountedFiles(inputs, /prometheus.*\.ya?ml$/);
  const lists = conf.flatMap((source) =>
    [...source.text.matchAll(/^\s*-?\s*targets:\s*\[([^\]]*)\]/gm)].map((match) => match[1] ?? ''),
  );
  const blocks = conf.flatMap((source) =>
    [...source.text.matchAll(/^[^\n#]*targets:[ \t]*\n((?:[ \t]*-[^\n:]*:\d+[^\n]*\n?)+)/gm)].map((match) => match[1] ?? ''),
  );
  const count =
    lists.reduce((sum, list) => sum + list.split(',').filter((target) => target.trim() !== '').length, 0) +
    blocks.reduce((sum, block) => sum + block.trim().split('\n').length, 0);
  const origin = `8000 series and 1000 for each of ${String(count)} targets, 6 KiB each`;
  return count > 0
    ? { count, from: formula(origin) }
    : { count: 2, from: byDefault('targets unknown: 10,000 series are planned for') };
}
