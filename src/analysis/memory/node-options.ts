import { gibibytes } from '../../base/bytes.ts';
import type { RegionOrigin } from './estimate.ts';
import { optionChange, variableChange } from './fitting.ts';
import { option, programWords, variable, type Setting } from './program.ts';
import { byDefault, inMebibytes } from './regions.ts';
import type { RuntimeInputs, SettingChange } from './runtime-model.ts';

/** What bounds V8's heap, in MiB. */
export interface HeapSettings {
  readonly oldSpace: number;
  /** Whether somebody wrote it; else V8 chose it from the memory that it sees. */
  readonly explicit: boolean;
  readonly from: RegionOrigin;
  readonly semiSpace: number;
  readonly semiFrom: RegionOrigin;
}

/** Undefined where an option's value can't be known. Options that Node ignores (in single quotes) are ignored. */
export function heapSettings(inputs: RuntimeInputs): HeapSettings | undefined {
  const options = variable(inputs, 'NODE_OPTIONS');
  if (options !== undefined && options.text === undefined) return undefined;
  const words = programWords(inputs);
  const old = read(words, options, 'max-old-space-size');
  const semi = read(words, options, 'max-semi-space-size');
  const semiSpace = Number(semi?.text ?? 16);
  const size = Number(old?.text ?? 0);
  const explicit = Number.isFinite(size) && size > 0;
  return {
    oldSpace: explicit ? Math.min(size, 1024 ** 2) : defaultOldSpace(inputs),
    explicit,
    from: explicit && old !== undefined ? old.from : byDefault('half of the memory that it sees, 256 MiB at least'),
    semiSpace: Number.isFinite(semiSpace) ? Math.min(semiSpace, 1024) : 16,
    semiFrom: semi?.from ?? byDefault('--max-semi-space-size 16'),
  };
}

/** Where the cap goes: into the word or the variable that has it, else into NODE_OPTIONS beside what stands there. */
export function heapChange(inputs: RuntimeInputs, heap: HeapSettings, oldSpace: number): SettingChange {
  const before = `${String(heap.oldSpace)}${heap.explicit ? '' : ' (default)'}`;
  const inWords = option(programWords(inputs), '--max-old-space-size', '--max_old_space_size');
  if (inWords !== undefined) {
    return optionChange(inWords, { name: '--max-old-space-size', before, after: String(oldSpace), program: 'node' });
  }
  const options = variable(inputs, 'NODE_OPTIONS')?.text ?? '';
  const kept = options.replace(OLD_SPACE, ' ').trim();
  const value = `${kept === '' ? '' : `${kept} `}--max-old-space-size=${String(oldSpace)}`;
  return { ...variableChange('NODE_OPTIONS', before, String(oldSpace), value), setting: '--max-old-space-size' };
}

const OLD_SPACE = /(?:^|\s)--max[-_]old[-_]space[-_]size=\S*/g;

/** Old space of Node 20 under limits of 64 MiB to 16 GiB, as measured: half of it, never under 256, rarely over 2048. */
function defaultOldSpace(inputs: RuntimeInputs): number {
  const memory = inMebibytes(inputs.limit ?? inputs.boardMemory ?? gibibytes(2));
  return Math.min(Math.max(256, memory / 2), memory >= 15_000 ? 4096 : 2048);
}

function read(words: ReturnType<typeof programWords>, options: Setting | undefined, name: string): Setting | undefined {
  const spelled = name.replace(/-/g, '[-_]');
  const inWords = option(words, `--${name}`, `--${name.replace(/-/g, '_')}`);
  if (inWords !== undefined) return inWords;
  const value = [...(options?.text ?? '').matchAll(new RegExp(`(?:^|\\s|")--${spelled}=(\\d+)(?=\\s|"|$)`, 'g'))].at(-1)?.[1];
  return options === undefined || value === undefined ? undefined : { ...options, text: value };
}
