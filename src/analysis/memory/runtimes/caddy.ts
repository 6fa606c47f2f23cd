import { mebibytes } from '../../../base/bytes.ts';
import { goHeapCap } from '../go-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, known, measured, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const caddy: RuntimeModel = {
  id: 'caddy',
  references: ['https://caddyserver.com/docs/'],
  detects: (inputs) => evidenceOf(inputs, { image: /^caddy$/, program: /^caddy$/ }),
  estimate(inputs) {
    const cap = goHeapCap(inputs);
    const regions = [
      region(
        'Heap and stacks',
        'unreclaimable',
        10,
        Math.min(18, cap?.most ?? 18),
        cap?.from ?? byDefault('GOGC 100: the heap doubles between collections'),
      ),
      region('Connections', 'unreclaimable', 1, 6, byDefault('a hundred busy connections')),
      programText(18, measured(MEASURED)),
    ];
    return known('caddy', regions, mebibytes(32), 'measured');
  },
  examples: [{ service: 'image: caddy:2', peak: mebibytes(42), because: 'the defaults' }],
};

const MEASURED = 'caddy 2.6, x86_64';
