import { mebibytes } from '../../../base/bytes.ts';
import { goHeapCap } from '../go-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, known, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const traefik: RuntimeModel = {
  id: 'traefik',
  references: ['https://github.com/traefik/traefik/issues/4474'],
  detects: (inputs) => evidenceOf(inputs, { image: /^traefik$/, program: /^traefik$/ }),
  estimate(inputs) {
    const cap = goHeapCap(inputs);
    const regions = [
      region(
        'Heap and stacks',
        'unreclaimable',
        25,
        Math.min(48, cap?.most ?? 48),
        cap?.from ?? byDefault('GOGC 100: the heap doubles between collections'),
      ),
      region('Connections', 'unreclaimable', 2, 12, byDefault('a hundred busy connections')),
      programText(34, byDefault('a Go binary of about 150 MiB, by analogy with those that were measured')),
    ];
    return known('traefik', regions, mebibytes(56), 'heuristic');
  },
  examples: [{ service: 'image: traefik:v3.1', peak: mebibytes(94), because: 'the defaults' }],
};
