import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const dotnetNameCase: Rule<Stack, 'case' | 'rename'> = {
  id: 'dotnet-name-case',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A variable of the .NET garbage collector in the wrong case.',
    why: 'On Linux names of variables are case-sensitive, and the two oldest of these begin in lower case: `DOTNET_GCServer` is a variable that nothing reads.',
    instead: 'Write `DOTNET_gcServer` and `DOTNET_gcConcurrent`; all others begin with `GC`.',
    references: [
      'https://learn.microsoft.com/en-us/dotnet/core/runtime-config/garbage-collector',
      'https://github.com/dotnet/runtime/issues/64393',
    ],
    invalid: ['services:\n  api:\n    image: api\n    environment:\n      DOTNET_GCServer: "0"\n'],
    valid: [
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_gcServer: "0"\n      DOTNET_GCConserveMemory: "7"\n',
    ],
  },
  messages: { case: 'Nothing reads {name}: on Linux it is {right}', rename: 'Rename it to {right}' },
  *check({ model }) {
    for (const { environment } of model.services) {
      for (const { name, nameSpan } of environment.values()) {
        const right = RIGHT.get(name.toLowerCase().replace(/^complus_/, 'dotnet_'));
        const spelled = right === undefined ? undefined : `${prefixOf(name)}${right}`;
        if (spelled === undefined || spelled === name || environment.has(spelled)) continue;
        // In the list form the name ends where the equals sign stands, so one edit serves both.
        const edits = [{ span: nameSpan, text: spelled }];
        yield {
          message: 'case',
          data: { name, right: spelled },
          span: nameSpan,
          fixes:
            nameSpan.end - nameSpan.start === name.length
              ? [{ title: 'rename', data: { right: spelled }, safety: 'safe', edits }]
              : [],
        };
      }
    }
  },
};

const NAMES = [
  'gcServer',
  'gcConcurrent',
  'GCgen0size',
  'GCHeapHardLimit',
  'GCHeapHardLimitPercent',
  'GCHeapCount',
  'GCHighMemPercent',
  'GCConserveMemory',
  'GCLOHThreshold',
  'GCHeapAffinitizeMask',
  'GCGen0MaxBudget',
  'GCRegionSize',
  'GCRetainVM',
  'GCNoAffinitize',
];

const RIGHT: ReadonlyMap<string, string> = new Map(NAMES.map((name) => [`dotnet_${name.toLowerCase()}`, name]));

/** `DOTNET_` since .NET 6 and `COMPlus_` before; both are read today. */
function prefixOf(name: string): string {
  return /^complus_/i.test(name) ? 'COMPlus_' : 'DOTNET_';
}
