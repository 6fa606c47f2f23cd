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
    const heap = Math.min(MOST_HEAP, Math.max(cap?.most ?? MOST_HEAP, LIVE));
    const regions = [
      region(
        'Heap and stacks',
        'unreclaimable',
        LIVE,
        heap,
        cap?.from ?? byDefault('GOGC 100: the heap doubles between collections'),
      ),
      region('Connections and their buffers', 'unreclaimable', 1, 2, measured(MEASURED)),
      programText(TEXT, measured(MEASURED)),
    ];
    return known('caddy', regions, mebibytes(FLOOR), 'measured');
  },
  examples: [{ service: 'image: caddy:2', peak: mebibytes(69), because: 'the defaults' }],
};

const MEASURED = 'Caddy 2.6, x86_64: 13 MiB with 50 connections, 32 with 200 that are proxied, 60 with 1000';
const LIVE = 11;
const MOST_HEAP = 46;
const TEXT = 21;
const FLOOR = 28;
