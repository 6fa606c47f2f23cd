import type { Stack } from '../../documents/compose/model.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { Rule } from '../rule.ts';

export const dotnetHexadecimal: Rule<Stack, 'digits' | 'cut' | 'word' | 'hexadecimal' | 'zero' | 'one'> = {
  id: 'dotnet-hexadecimal',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A number for the .NET garbage collector, written as if it were decimal.',
    why: 'The runtime reads every number in these variables as hexadecimal and stops at the first character that is none, without a word: `GCHeapHardLimitPercent=75` is 117, `GCHeapHardLimit=200000000` is 8 GiB, and `256m` is 598 bytes. The switches are numbers too: `false` begins with `fa`, which is not zero.',
    instead: 'Write hexadecimal with its prefix: `0x4B` for 75. Switches take 0 and 1.',
    references: ['https://learn.microsoft.com/en-us/dotnet/core/runtime-config/garbage-collector'],
    invalid: [
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_GCHeapHardLimitPercent: "75"\n',
      'services:\n  api:\n    image: api\n    environment: [DOTNET_GCHeapHardLimit=256m]\n',
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_gcServer: "false"\n',
    ],
    valid: [
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_GCHeapHardLimitPercent: "0x4B"\n      DOTNET_GCHeapCount: "2"\n      DOTNET_GCConserveMemory: "7"\n      DOTNET_gcServer: "0"\n',
    ],
  },
  messages: {
    digits: '{name} is read as hexadecimal: {text} means {value}',
    cut: '{name} is read as hexadecimal up to the first other character: {text} means {value}',
    word: '{name} is a number, not a word: the runtime reads {text} as {value}',
    hexadecimal: 'Write 0x{hex}, which is {text}',
    zero: 'Write 0',
    one: 'Write 1',
  },
  *check({ model }) {
    for (const { environment } of model.services) {
      for (const { name, value } of environment.values()) {
        if (value.value === undefined || !isNumberForCollector(name)) continue;
        const text = value.text.trim();
        const kind = judge(text);
        if (kind === undefined) continue;
        const edit = answer(kind, text);
        const edits = edit === undefined ? undefined : rewrite(value, JSON.stringify(edit.text));
        yield {
          message: kind,
          data: { name, text, value: read(text) },
          span: value.spans[0],
          fixes:
            edit === undefined || edits === undefined || value.key === undefined
              ? []
              : [{ title: edit.title, data: { hex: edit.text.slice(2), text }, safety: 'review', edits }],
        };
      }
    }
  },
};

/** Names that take a number; those of other kinds (GCName, GCHeapAffinitizeRanges) are left out. */
const NUMBERS =
  /^(?:DOTNET|COMPlus)_(?:gcServer|gcConcurrent|GCgen0size|GCHeapHardLimit(?:Percent|SOH|LOH|POH|SOHPercent|LOHPercent|POHPercent)?|GCHeapCount|GCHighMemPercent|GCConserveMemory|GCLOHThreshold|GCHeapAffinitizeMask|GCGen0MaxBudget|GCRegionSize|GCRegionRange|GCRetainVM|GCNoAffinitize|TieredPGO|TieredCompilation)$/i;

function isNumberForCollector(name: string): boolean {
  return NUMBERS.test(name);
}

function judge(text: string): 'digits' | 'cut' | 'word' | undefined {
  if (/^0x[0-9a-f]+$/i.test(text) || text === '') return undefined;
  if (/^\d+$/.test(text)) return read(text) === Number(text) ? undefined : 'digits';
  return /^[a-z]+$/i.test(text) ? 'word' : /^\d/.test(text) ? 'cut' : undefined;
}

/** As the runtime does it: base 16 up to the first character that is no digit of it. */
function read(text: string): number {
  const digits = /^(?:0x)?([0-9a-f]*)/i.exec(text)?.[1] ?? '';
  return digits === '' ? 0 : parseInt(digits, 16);
}

function answer(
  kind: 'digits' | 'cut' | 'word',
  text: string,
): { readonly title: 'hexadecimal' | 'zero' | 'one'; readonly text: string } | undefined {
  if (kind === 'digits') return { title: 'hexadecimal', text: `0x${Number(text).toString(16).toUpperCase()}` };
  if (/^(?:false|off|no)$/i.test(text)) return { title: 'zero', text: '0' };
  return /^(?:true|on|yes)$/i.test(text) ? { title: 'one', text: '1' } : undefined;
}
