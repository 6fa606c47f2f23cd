import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { turnDown } from '../fitting.ts';
import { heapChange, heapSettings, type HeapSettings } from '../node-options.ts';
import { programWords } from '../program.ts';
import { byDefault, formula, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const nextjs: RuntimeModel = {
  id: 'nextjs',
  references: ['https://nextjs.org/docs/app/guides/memory-usage'],
  detects(inputs) {
    // `next start` in a node image says more than the image does.
    if (modeOf(inputs) !== undefined) return 'image';
    return evidenceOf(inputs, { variable: /^(?:NEXT_PUBLIC_\w+|NEXT_TELEMETRY_DISABLED|__NEXT_\w+|NEXTAUTH_URL)$/ });
  },
  estimate(inputs) {
    const heap = heapSettings(inputs);
    return heap === undefined ? unknown('nextjs', 'variable') : estimateOf(heap, modeOf(inputs) ?? 'start');
  },
  fitTo(inputs, limit) {
    const heap = heapSettings({ ...inputs, limit });
    const mode = modeOf(inputs) ?? 'start';
    if (heap === undefined) return undefined;
    return turnDown({
      least: mode === 'dev' ? 384 : 48,
      most: heap.explicit ? heap.oldSpace : Math.min(heap.oldSpace, EXPECTED[mode]),
      limit,
      estimate: (oldSpace) => estimateOf({ ...heap, oldSpace, explicit: true }, mode),
      change: (oldSpace) => [heapChange(inputs, heap, oldSpace)],
    });
  },
  examples: [
    { service: 'image: node:20\ncommand: npx next start', peak: mebibytes(232), because: 'a production server without a cap' },
    { service: 'image: node:20\ncommand: npx next dev', peak: mebibytes(987), because: 'the dev server keeps its compiler' },
  ],
};

type Mode = 'start' | 'dev';

/** Old space without a cap. The compiler and the module graph of the dev server stay in memory. */
const EXPECTED: Readonly<Record<Mode, number>> = { start: 128, dev: 700 };

function estimateOf({ oldSpace, semiSpace, semiFrom, explicit, from }: HeapSettings, mode: Mode): KnownEstimate {
  const live = explicit ? oldSpace : Math.min(oldSpace, EXPECTED[mode]);
  const native = mode === 'dev' ? 160 : 30;
  const regions = [
    region('V8 heap (pages and their modules, all loaded at start)', 'unreclaimable', live * 0.5, live, from),
    region('New space', 'unreclaimable', semiSpace, semiSpace * 2, semiFrom),
    region(
      'Native heap, Buffers, images, threads',
      'unreclaimable',
      native * 0.6,
      native + live * 0.05,
      formula('30 MiB + 0.05 × heap; a dev server 160 MiB'),
    ),
    programText(mode === 'dev' ? 60 : 36, measured('Node 20.20, x86_64')),
    region('Response cache', 'cache', 5, 50, byDefault('cacheMaxMemorySize 50 MB, inside the heap')),
  ];
  return known('nextjs', regions, mebibytes(mode === 'dev' ? 512 : 96), 'heuristic');
}

function modeOf(inputs: RuntimeInputs): Mode | undefined {
  const words = programWords(inputs).map((word) => word.text.slice(word.text.lastIndexOf('/') + 1));
  const at = words.indexOf('next');
  if (at < 0) return undefined;
  return words[at + 1] === 'dev' || words[at + 1] === undefined ? 'dev' : 'start';
}
