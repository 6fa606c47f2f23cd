import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { turnDown } from '../fitting.ts';
import { heapChange, heapSettings, type HeapSettings } from '../node-options.ts';
import { text } from '../beyond-text.ts';
import { formula, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const node: RuntimeModel = {
  id: 'node',
  references: ['https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib', 'https://github.com/nodejs/node/issues/64646'],
  detects: (inputs) =>
    evidenceOf(inputs, {
      image: /^node$/,
      program: /^(?:node|nodejs|npm|npx|yarn|pnpm|pm2-runtime|tsx)$/,
      variable: /^(?:NODE_OPTIONS|NODE_ENV)$/,
    }),
  estimate(inputs) {
    const heap = heapSettings(inputs);
    return heap === undefined ? unknown('node', 'variable') : estimateOf(heap);
  },
  fitTo(inputs, limit) {
    const heap = heapSettings({ ...inputs, limit });
    if (heap === undefined) return undefined;
    return turnDown({
      least: 32,
      most: heap.explicit ? heap.oldSpace : Math.min(heap.oldSpace, EXPECTED_HEAP),
      limit,
      estimate: (oldSpace) => estimateOf({ ...heap, oldSpace, explicit: true }),
      change: (oldSpace) => [heapChange(inputs, heap, oldSpace)],
    });
  },
  examples: [
    {
      service: 'image: node:20-alpine\nenvironment: { NODE_OPTIONS: --max-old-space-size=128 }',
      peak: mebibytes(179),
      because: 'an explicit cap is what a busy program comes to',
    },
    { service: 'image: node:20-alpine', peak: mebibytes(94), because: 'without one, an application of ordinary size' },
  ],
};

const MEASURED = 'Node 20.20, x86_64';
const BASE = 6;
/** 24 to 36 MiB were needed to start, by what of the program text was cached already. */
const FLOOR = 44;
/** 39 MiB are mapped; with this much of it resident the rest is read back without a loss of speed. */
const TEXT = 21;
/** Old space that an application of ordinary size comes to where nothing caps it. */
const EXPECTED_HEAP = 48;

function estimateOf(heap: HeapSettings): KnownEstimate {
  const { oldSpace, semiSpace, explicit, from } = heap;
  // V8 collects only near its own cap, so an explicit cap is what a busy program comes to.
  const live = explicit ? oldSpace : Math.min(oldSpace, EXPECTED_HEAP);
  // A larger one is seldom filled: 32 MiB each made no difference to 16 in the measurements.
  const young = Math.min(semiSpace, 16) + Math.max(0, semiSpace - 16) * 0.25;
  const regions = [
    region('V8 heap (old space)', 'unreclaimable', live * 0.4, live, from),
    region('New space', 'unreclaimable', young * 0.5, young, heap.semiFrom),
    region(
      'Native heap, Buffers, threads',
      'unreclaimable',
      BASE * 0.6,
      BASE + live * 0.06,
      formula('6 MiB + 0.06 × heap, as measured around full heaps'),
    ),
    programText(TEXT, measured(MEASURED)),
  ];
  return known('node', regions, mebibytes(FLOOR), explicit ? 'measured' : 'heuristic', [text.buffers]);
}
