import { mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate, RegionOrigin } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { turnDown, variableChange } from '../fitting.ts';
import { imageOf, variable } from '../program.ts';
import { byDefault, formula, inMebibytes, known, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const dotnet: RuntimeModel = {
  id: 'dotnet',
  references: ['https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector'],
  detects(inputs) {
    if ((imageOf(inputs)?.name ?? '').startsWith('mcr.microsoft.com/dotnet/')) return 'image';
    if ((inputs.dockerfile?.baseImage ?? '').startsWith('mcr.microsoft.com/dotnet/')) return 'dockerfile';
    return evidenceOf(inputs, { program: /^dotnet$/, variable: /^(?:DOTNET_|COMPlus_|ASPNETCORE_)/ });
  },
  estimate: (inputs) => estimateOf(settingsOf(inputs)),
  fitTo(inputs, limit) {
    const settings = settingsOf({ ...inputs, limit });
    return turnDown({
      least: 20,
      most: Math.floor(heapPeak(settings)),
      limit,
      estimate: (hardLimit) => estimateOf({ ...settings, hardLimit }),
      change: (hardLimit) => [hardLimitChange(settings, hardLimit)],
    });
  },
  examples: [
    {
      service: 'image: mcr.microsoft.com/dotnet/aspnet:8.0',
      peak: mebibytes(160),
      because: 'an ASP.NET Core application with the workstation collector',
    },
    {
      service: 'image: mcr.microsoft.com/dotnet/aspnet:8.0\nenvironment: { DOTNET_gcServer: "1" }',
      peak: mebibytes(250),
      because: 'one heap for each of four cores',
    },
  ],
};

interface Settings {
  /** What bounds the collected heap, in MiB. */
  readonly hardLimit: number;
  readonly from: RegionOrigin;
  readonly heaps: number;
  readonly aot: boolean;
  readonly conserve: boolean;
  readonly pool: number;
}

const LIVE_HEAP = 40;
const HEAP_PER_CORE = 30;

/** An ASP.NET Core application with an ORM: some 90 MiB after start and 110 to 165 under load were reported. */
function estimateOf(settings: Settings): KnownEstimate {
  const { aot, pool, from, hardLimit } = settings;
  const heap = Math.min(heapPeak(settings), hardLimit);
  const regions = [
    region('Collected heap', 'unreclaimable', Math.min(heap, LIVE_HEAP * 0.75), heap, from),
    region(
      aot ? 'Native runtime' : 'Native runtime and compiled code',
      'unreclaimable',
      aot ? 12 : 36,
      aot ? 18 : 50,
      byDefault(aot ? 'Native AOT: no just-in-time compiler' : 'the just-in-time compiler and what it made'),
    ),
    region(
      'Connection pools',
      'unreclaimable',
      Math.min(pool, 5) * 0.2,
      pool * 0.2,
      formula(`0.2 MiB × ${String(pool)} pooled connections`),
    ),
    programText(aot ? 16 : 40, byDefault('the runtime and the framework libraries')),
  ];
  return known('dotnet', regions, mebibytes(aot ? 40 : 80), 'heuristic');
}

function heapPeak({ heaps, conserve }: Settings): number {
  return (LIVE_HEAP + HEAP_PER_CORE * heaps) * (conserve ? 0.85 : 1);
}

function settingsOf(inputs: RuntimeInputs): Settings {
  const cores = inputs.cores ?? 4;
  const server = knob(inputs, 'gcServer') === 1;
  const count = knob(inputs, 'GCHeapCount');
  const conserve = (knob(inputs, 'GCConserveMemory') ?? 0) > 0;
  const heaps = server && cores > 1 ? Math.min(count ?? cores, cores) : 1;
  const aot =
    /aot/i.test(inputs.service.build?.dockerfile?.text ?? '') || (inputs.dockerfile?.baseImage ?? '').includes('runtime-deps');
  return { ...hardLimitOf(inputs), heaps, aot, conserve, pool: poolOf(inputs) };
}

/** Every number in the environment is hexadecimal, read up to the first letter that isn't. */
function knob(inputs: RuntimeInputs, name: string): number | undefined {
  const text = variable(inputs, `DOTNET_${name}`, `COMPlus_${name}`)?.text;
  const digits = /^\s*(?:0x)?([0-9a-f]+)/i.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

function hardLimitOf(inputs: RuntimeInputs): Pick<Settings, 'hardLimit' | 'from'> {
  const written = variable(inputs, 'DOTNET_GCHeapHardLimit', 'COMPlus_GCHeapHardLimit');
  const size = knob(inputs, 'GCHeapHardLimit');
  if (written !== undefined && size !== undefined && size > 0) return { hardLimit: size / 1024 ** 2, from: written.from };
  const seen = inMebibytes(inputs.limit ?? inputs.boardMemory ?? mebibytes(2048));
  const percent = knob(inputs, 'GCHeapHardLimitPercent');
  const share = percent !== undefined && percent > 0 && percent <= 100 ? percent : 75;
  const origin = variable(inputs, 'DOTNET_GCHeapHardLimitPercent')?.from;
  return {
    hardLimit: Math.max(20, (seen * share) / 100),
    from: origin ?? byDefault('a live heap of 40 MiB and what gathers between collections, for each heap of the collector'),
  };
}

/** Npgsql and MySqlConnector keep up to 100 connections where the string doesn't say; few applications use them. */
function poolOf(inputs: RuntimeInputs): number {
  const sizes = [...inputs.service.environment.values()]
    .filter((each) => /^ConnectionStrings__/i.test(each.name))
    .map((each) => Number(/max(?:imum)?\s*pool\s*size\s*=\s*(\d+)/i.exec(each.value.text)?.[1] ?? 20));
  return Math.min(
    sizes.reduce((sum, size) => sum + size, 0),
    400,
  );
}

function hardLimitChange(settings: Settings, hardLimit: number) {
  const value = `0x${(hardLimit * 1024 ** 2).toString(16)}`;
  const before = `${String(Math.round(settings.hardLimit))} MiB`;
  return variableChange('DOTNET_GCHeapHardLimit', before, `${String(hardLimit)} MiB`, value);
}
