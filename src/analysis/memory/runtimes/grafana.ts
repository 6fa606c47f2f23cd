import { mebibytes } from '../../../base/bytes.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, known, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const grafana: RuntimeModel = {
  id: 'grafana',
  references: ['https://grafana.com/docs/grafana/latest/setup-grafana/installation/'],
  detects: (inputs) => evidenceOf(inputs, { image: /^grafana(?:-oss|-enterprise)?$/, program: /^grafana(?:-server)?$/ }),
  estimate() {
    // 220 to 340 MiB at the median and 260 to 390 at the 99th percentile were read over two weeks on Pis.
    const origin = byDefault('read on Raspberry Pis over two weeks: 220 to 340 MiB, 390 at most');
    const regions = [
      region('Server, plugins and dashboards', 'unreclaimable', 110, 210, origin),
      programText(70, byDefault('a Go binary of about 200 MiB, by analogy with those that were measured')),
    ];
    return known('grafana', regions, mebibytes(128), 'documented');
  },
  examples: [{ service: 'image: grafana/grafana:latest', peak: mebibytes(280), because: 'as read on Raspberry Pis' }],
};
