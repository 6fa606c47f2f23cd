import { gibibytes, mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate } from '../estimate.ts';
import { optionChange, turnDown } from '../fitting.ts';
import { evidenceOf } from '../evidence.ts';
import { option, originOf, programWords, type Setting } from '../program.ts';
import { byDefault, inMebibytes, known, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const mongodb: RuntimeModel = {
  id: 'mongodb',
  references: ['https://www.mongodb.com/docs/manual/administration/production-notes/#allocate-sufficient-ram-and-cpu'],
  detects: (inputs) =>
    evidenceOf(inputs, { image: /^(?:mongo|mongodb|mongodb-community-server|percona-server-mongodb)$/, program: /^mongod$/ }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('mongodb', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf({ ...inputs, limit });
    if (settings === undefined) return undefined;
    return turnDown({
      // The server refuses less than a quarter of a GiB.
      least: 256,
      most: Math.ceil(settings.cache),
      limit,
      estimate: (cache) => estimateOf({ ...settings, cache }),
      change: (cache) => [
        optionChange(settings.written, {
          name: '--wiredTigerCacheSizeGB',
          before: (settings.cache / 1024).toFixed(2),
          after: (Math.floor((cache / 1024) * 100) / 100).toFixed(2),
          program: 'mongod',
          joined: false,
        }),
      ],
    });
  },
  examples: [
    {
      service: 'image: mongo:7\ncommand: mongod --wiredTigerCacheSizeGB 0.25',
      peak: mebibytes(456),
      because: 'the smallest cache that it takes',
    },
  ],
};

interface Settings {
  /** MiB. */
  readonly cache: number;
  readonly written: Setting | undefined;
}

function estimateOf({ cache, written }: Settings): KnownEstimate {
  const origin = originOf(written, 'half of the memory beyond 1 GiB, 256 MiB at least');
  const regions = [
    region('Server and connections', 'unreclaimable', 90, 150, byDefault('as planned for by its makers: cache and some 200 MiB')),
    region('WiredTiger cache', 'unreclaimable', cache * 0.5, cache, origin),
    programText(50, byDefault('a binary of about 100 MiB')),
  ];
  return known('mongodb', regions, mebibytes(256), 'documented');
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const written = option(programWords(inputs), '--wiredTigerCacheSizeGB');
  if (written !== undefined) {
    const size = Number(written.text === '' ? Number.NaN : (written.text ?? Number.NaN));
    return Number.isFinite(size) && size >= 0 ? { cache: Math.max(size, 0.25) * 1024, written } : undefined;
  }
  const memory = inMebibytes(inputs.limit ?? inputs.boardMemory ?? gibibytes(1));
  return { cache: Math.max(256, (memory - 1024) / 2), written };
}
