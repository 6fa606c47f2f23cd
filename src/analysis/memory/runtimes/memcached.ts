import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { optionChange, turnDown } from '../fitting.ts';
import { evidenceOf } from '../evidence.ts';
import { option, originOf, programWords, type Setting } from '../program.ts';
import { byDefault, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const memcached: RuntimeModel = {
  id: 'memcached',
  references: ['https://docs.memcached.org/serverguide/configuring/'],
  detects: (inputs) => evidenceOf(inputs, { image: /^memcached$/, program: /^memcached$/ }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('memcached', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf(inputs);
    if (settings === undefined) return undefined;
    return turnDown({
      least: 4,
      most: settings.items,
      limit,
      estimate: (items) => estimateOf({ ...settings, items }),
      change: (items) => [
        optionChange(settings.written, {
          name: settings.written?.located?.text.startsWith('--') === true ? '--memory-limit' : '-m',
          before: String(settings.items),
          after: String(items),
          program: 'memcached',
          joined: settings.written?.located?.text.startsWith('--') === true,
        }),
      ],
    });
  },
  examples: [
    {
      service: 'image: memcached:1.6\ncommand: memcached -m 64',
      peak: mebibytes(70),
      because: 'items, and what they cost beside themselves',
    },
  ],
};

interface Settings {
  /** MiB for items, which `-m` counts without the hash table and the connections. */
  readonly items: number;
  readonly threads: number;
  readonly written: Setting | undefined;
}

const MEASURED = 'memcached 1.6, x86_64';

function estimateOf({ items, threads, written }: Settings): KnownEstimate {
  const origin = originOf(written, '-m 64, the default');
  const regions = [
    region('Items', 'unreclaimable', items * 0.7, items, origin),
    // It starts at half a MiB and doubles with the number of items.
    region('Hash table', 'unreclaimable', 0.5, Math.max(0.5, items * 0.03), origin),
    region('Server and worker threads', 'unreclaimable', 1.5, 1.5 + threads * 0.2, byDefault('-t 4')),
    programText(2, measured(MEASURED)),
  ];
  return known('memcached', regions, mebibytes(8), 'measured');
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const words = programWords(inputs);
  const written = glued(words, 'm') ?? option(words, '-m', '--memory-limit');
  const items = written === undefined ? 64 : Number(written.text ?? Number.NaN);
  if (!Number.isFinite(items) || items < 0) return undefined;
  const threads = Number(option(words, '-t', '--threads')?.text ?? 4);
  return { items, threads: Number.isFinite(threads) ? Math.min(Math.max(1, threads), 128) : 4, written };
}

/** getopt takes `-m256` too. */
function glued(words: ReturnType<typeof programWords>, letter: string): Setting | undefined {
  const word = words.findLast((each) => new RegExp(`^-${letter}\\d+$`).test(each.text));
  return word && { text: word.text.slice(2), from: { kind: 'file', span: word.spans[0] }, located: word };
}
