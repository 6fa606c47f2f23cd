import type { RegionOrigin } from './estimate.ts';
import { variable } from './program.ts';
import type { RuntimeInputs } from './runtime-model.ts';

/** What GOMEMLIMIT lets the Go heap grow to, in MiB; undefined without one (Go doesn't read the container's limit). */
export function goHeapCap(inputs: RuntimeInputs): { readonly most: number; readonly from: RegionOrigin } | undefined {
  const written = variable(inputs, 'GOMEMLIMIT');
  const match = /^(\d+)(B|KiB|MiB|GiB|TiB)?$/.exec(written?.text ?? '');
  if (written === undefined || match === null) return undefined;
  return { most: Number(match[1]) * (UNITS[match[2] ?? 'B'] ?? 1), from: written.from };
}

const UNITS: Readonly<Record<string, number>> = { B: 1 / 1024 ** 2, KiB: 1 / 1024, MiB: 1, GiB: 1024, TiB: 1024 ** 2 };
