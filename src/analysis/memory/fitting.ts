import type { Bytes } from '../../base/bytes.ts';
import type { KnownEstimate } from './estimate.ts';
import { withMargin } from './limits.ts';
import type { Setting } from './program.ts';
import type { Fitting, SettingChange } from './runtime-model.ts';

/** Whether it lives within the limit: its peak with the usual margin, and its floor. */
export function livesWithin(estimate: KnownEstimate, limit: Bytes): boolean {
  return withMargin(estimate.peak) <= limit && estimate.floor <= limit;
}

/**
 * Turns one knob down until the estimate lives within the limit: the largest whole step between `least` and
 * `most` wins. Needs that a larger value never needs less, which holds for every model (a test says so).
 */
export function turnDown(knob: {
  readonly least: number;
  readonly most: number;
  readonly limit: Bytes;
  readonly estimate: (value: number) => KnownEstimate;
  readonly change: (value: number) => readonly SettingChange[];
}): Fitting | undefined {
  const { limit, estimate } = knob;
  const unchanged = estimate(knob.most);
  if (livesWithin(unchanged, limit)) return { estimate: unchanged, changes: [] };
  let low = Math.ceil(knob.least);
  let high = Math.floor(knob.most);
  if (low > high || !livesWithin(estimate(low), limit)) return undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (livesWithin(estimate(middle), limit)) low = middle;
    else high = middle - 1;
  }
  return { estimate: estimate(low), changes: knob.change(low) };
}

/** An option of the command: its own word is replaced where it has one, else the words go to the command's end. */
export function optionChange(
  setting: Setting | undefined,
  change: { name: string; before: string; after: string; program: string; joined?: boolean },
): SettingChange {
  const { name, before, after, program, joined = true } = change;
  const word = setting?.located;
  const words = word === undefined ? (joined ? [`${name}=${after}`] : [name, after]) : [replacement(word.text, after)];
  return { setting: name, before, after, place: { kind: 'words', words, replaces: word, program } };
}

/** `--name=64` keeps its name, `-m64` its letter; a word that is the value alone is the value alone again. */
function replacement(word: string, after: string): string {
  const cut = word.indexOf('=');
  if (cut > 0) return `${word.slice(0, cut)}=${after}`;
  return `${/^-[a-zA-Z](?=\d)/.exec(word)?.[0] ?? ''}${after}`;
}

export function variableChange(name: string, before: string, after: string, value = after): SettingChange {
  return { setting: name, before, after, place: { kind: 'variable', name, value } };
}
