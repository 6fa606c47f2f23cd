import { bytes, mebibytes } from '../../../base/bytes.ts';
import { goHeapCap } from '../go-settings.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, known, programText, region, unknown } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

/** A Go program of one's own. Without GOMEMLIMIT its heap has no bound that a file could tell. */
export const go: RuntimeModel = {
  id: 'go',
  references: ['https://go.dev/doc/gc-guide'],
  detects: (inputs) => evidenceOf(inputs, { image: /^golang$/, variable: /^(?:GOMEMLIMIT|GOGC)$/ }),
  estimate(inputs) {
    const cap = goHeapCap(inputs);
    if (cap === undefined) return unknown('go', 'measurement');
    const regions = [
      region('Heap and stacks under GOMEMLIMIT', 'unreclaimable', cap.most * 0.6, cap.most, cap.from),
      programText(8, byDefault('a Go binary of about 30 MiB')),
    ];
    return known('go', regions, bytes(mebibytes(24)), 'heuristic');
  },
  examples: [
    {
      service: 'image: own/service\nenvironment: { GOMEMLIMIT: 64MiB }',
      peak: mebibytes(72),
      because: 'the only bound that a file can tell',
    },
  ],
};
