import { mebibytes } from '../../../base/bytes.ts';
import { mountedFiles } from '../conf-files.ts';
import { goHeapCap } from '../go-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, formula, known, measured, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const prometheus: RuntimeModel = {
  id: 'prometheus',
  references: ['https://prometheus.io/docs/prometheus/latest/storage/#operational-aspects'],
  detects: (inputs) => evidenceOf(inputs, { image: /^prometheus$/, program: /^prometheus$/ }),
  estimate(inputs) {
    const cap = goHeapCap(inputs);
    const targets = targetsOf(inputs);
    const series = targets.count * SERIES_PER_TARGET;
    const heap = 30 + series * 0.008;
    const regions = [
      region('Heap without series', 'unreclaimable', 20, 30, measured(MEASURED)),
      region('Active series', 'unreclaimable', series * 0.004, Math.min(series * 0.008, cap?.most ?? heap), targets.from),
      region(
        'Queries and compaction',
        'unreclaimable',
        5,
        Math.min(heap * 0.5, cap?.most ?? heap),
        formula('half of the heap again'),
      ),
      programText(36, measured(MEASURED)),
    ];
    return known('prometheus', regions, mebibytes(64), 'measured');
  },
  examples: [
    {
      service: 'image: prom/prometheus:latest',
      peak: mebibytes(117),
      because: 'three targets are assumed where no configuration says more',
    },
  ],
};

const MEASURED = 'prometheus 2.42, x86_64';

/** What node-exporter or cAdvisor on a small host expose; only a running server knows. */
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
  return count > 0
    ? { count, from: formula(`${String(count)} targets × ${String(SERIES_PER_TARGET)} series × 8 KiB`) }
    : { count: 3, from: byDefault('targets unknown: three with 1000 series each are assumed') };
}
