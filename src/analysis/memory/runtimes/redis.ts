import { bytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import type { KnownEstimate, RegionOrigin } from '../estimate.ts';
import { lineSetting } from '../conf-files.ts';
import { optionChange, turnDown } from '../fitting.ts';
import { evidenceOf } from '../evidence.ts';
import { baseImageOf, option, programWords, type Setting } from '../program.ts';
import { text } from '../beyond-text.ts';
import { byDefault, formula, inMebibytes, known, measured, programText, region, unknown } from '../regions.ts';
import type { Fitting, RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const redis: RuntimeModel = {
  id: 'redis',
  references: ['https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/memory-optimization/'],
  detects: (inputs) =>
    evidenceOf(inputs, { image: /^(?:redis|valkey|keydb|redis-stack(?:-server)?)$/, program: /^(?:redis|valkey|keydb)-server$/ }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('redis', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf(inputs);
    return settings === undefined ? undefined : fit(settings, limit);
  },
  examples: [
    {
      service: 'image: redis:7-alpine\ncommand: redis-server --maxmemory 32mb --save ""',
      peak: mebibytes(43),
      because: 'a pure cache never forks',
    },
    {
      service: 'image: redis:7\ncommand: redis-server --maxmemory 64mb',
      peak: mebibytes(143),
      because: 'without `save ""` a snapshot copies what writes change meanwhile',
    },
  ],
};

interface Settings {
  /** MiB; undefined where nothing bounds the data set. */
  readonly maxmemory: number | undefined;
  readonly written: Setting | undefined;
  readonly origin: RegionOrigin;
  /** Why it forks: RDB snapshots (on unless `save ""`) or an append-only file with its rewrites. */
  readonly forks: 'none' | 'snapshot' | 'rewrite';
  readonly program: string;
}

function estimateOf({ maxmemory, origin, forks }: Settings): KnownEstimate {
  const dataset = maxmemory ?? UNBOUNDED;
  const copied = COPIED[forks];
  const regions = [
    region('Server', 'unreclaimable', BASE, BASE, measured(MEASURED)),
    region('Data set with its fragmentation', 'unreclaimable', dataset * 0.6, dataset * FRAGMENTATION, origin),
    region('Client and replica buffers', 'unreclaimable', 0.5, BUFFERS, byDefault('client-output-buffer-limit')),
    region(
      'Pages copied while a fork writes',
      'unreclaimable',
      0,
      dataset * copied,
      formula(`${String(copied)} × data set: ${forks}`),
    ),
    programText(TEXT, measured(MEASURED)),
  ];
  return known('redis', regions, FLOOR, maxmemory === undefined ? 'heuristic' : 'measured', [text.replicas]);
}

const MEASURED = 'redis 7.0, x86_64';
const BASE = 3;
const TEXT = 5;
const BUFFERS = 1.5;
/** Resident memory over maxmemory with values of a kilobyte; the small values that fragment more are within the margin. */
const FRAGMENTATION = 1.06;
/** Under writes a snapshot copies all of the data set; a rewrite of the append-only file buffers the new writes, too. */
const COPIED = { none: 0, snapshot: 1.03, rewrite: 1.33 } as const;
/** What is planned for where nothing bounds the data; the origin says so. */
const UNBOUNDED = 48;
const FLOOR = mebibytes(10);

function fit(settings: Settings, limit: Bytes): Fitting | undefined {
  return turnDown({
    least: 4,
    most: settings.maxmemory ?? UNBOUNDED,
    limit,
    estimate: (value) => estimateOf({ ...settings, maxmemory: value }),
    change: (value) => [
      optionChange(settings.written, {
        name: '--maxmemory',
        before: settings.maxmemory === undefined ? 'unlimited' : `${String(settings.maxmemory)}mb`,
        after: `${String(value)}mb`,
        program: settings.program,
        joined: false,
      }),
    ],
  });
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const words = programWords(inputs);
  const conf = inputs.files?.get(words.find((word) => word.text.endsWith('.conf'))?.text ?? '');
  const read = (name: string): Setting | undefined =>
    option(words, `--${name}`) ?? lineSetting(conf === undefined ? [] : [conf], name);
  const maxmemory = read('maxmemory');
  const size = maxmemory === undefined ? undefined : redisSize(maxmemory.text);
  if (maxmemory !== undefined && size === undefined) return undefined;
  const save = read('save');
  return {
    maxmemory: size === undefined || size === 0 ? undefined : inMebibytes(size),
    written: option(words, '--maxmemory'),
    origin: maxmemory?.from ?? byDefault('no maxmemory: nothing bounds the data; 48 MiB are assumed'),
    forks:
      read('appendonly')?.text === 'yes'
        ? 'rewrite'
        : save !== undefined && /^["']*$/.test(save.text ?? '-')
          ? 'none'
          : 'snapshot',
    program: baseImageOf(inputs)?.base === 'valkey' ? 'valkey-server' : 'redis-server',
  };
}

/** `100mb` is binary, `100m` decimal; anything else (fractions, `%`, `MiB`) stops the server. */
function redisSize(text: string | undefined): Bytes | undefined {
  const match = /^(\d+)([kmg]?b?)$/i.exec(text ?? '');
  if (match === null) return undefined;
  const factors: Readonly<Record<string, number>> = { k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3 };
  return bytes(Number(match[1]) * (factors[(match[2] ?? '').toLowerCase()] ?? 1));
}
