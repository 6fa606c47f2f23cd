import { mebibytes } from '../../../base/bytes.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, known, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const nodeExporter: RuntimeModel = {
  id: 'node-exporter',
  references: ['https://github.com/prometheus/node_exporter'],
  detects: (inputs) => evidenceOf(inputs, { image: /^node-exporter$/, program: /^node_exporter$/ }),
  estimate() {
    const regions = [
      region('Heap and stacks', 'unreclaimable', 8, 16, byDefault('a Go program with a live heap of a few MiB')),
      programText(12, byDefault('a Go binary of about 20 MiB')),
    ];
    return known('node-exporter', regions, mebibytes(20), 'heuristic');
  },
  examples: [{ service: 'image: quay.io/prometheus/node-exporter:latest', peak: mebibytes(28), because: 'a small Go program' }],
};
