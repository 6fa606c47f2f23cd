import type { EnvironmentVariable, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';
import { removeFromService } from '../service-edits.ts';

export const dotnetKnobWithoutEffect: Rule<Stack, 'noEffect' | 'remove'> = {
  id: 'dotnet-knob-without-effect',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'runtime',
  docs: {
    what: 'A variable for the .NET garbage collector that acts on the server collector alone, where that is not switched on.',
    why: 'The workstation collector has one heap and no affinity: the runtime reads the number and does nothing with it. Whoever counts on it has saved nothing.',
    instead:
      'Remove it. On a small board the workstation collector is the right one; what bounds it is `DOTNET_GCHeapHardLimit`, and `DOTNET_GCConserveMemory` keeps it tidy.',
    references: ['https://learn.microsoft.com/en-us/dotnet/core/runtime-config/garbage-collector#heap-count'],
    invalid: [
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_gcServer: "0"\n      DOTNET_GCHeapCount: "2"\n',
      'services:\n  api:\n    image: api\n    environment:\n      - DOTNET_GCNoAffinitize=1\n      - DOTNET_gcServer=0\n',
    ],
    valid: [
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_gcServer: "1"\n      DOTNET_GCHeapCount: "2"\n',
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_GCHeapCount: "2"\n',
      'services:\n  api:\n    image: api\n    environment:\n      DOTNET_gcServer: ${SERVER_GC}\n      DOTNET_GCHeapCount: "2"\n',
    ],
  },
  messages: {
    noEffect: '{name} acts on the server collector alone, and the workstation collector is chosen here',
    remove: 'Remove {name}',
  },
  *check({ model, yaml }) {
    for (const service of model.services) {
      if (!isWorkstation(service)) continue;
      for (const variable of service.environment.values()) {
        if (!SERVER_ONLY.test(variable.name) || variable.fromFile) continue;
        const { name, nameSpan } = variable;
        const edits = removeFromService(yaml, service, ['environment', name]);
        yield {
          message: 'noEffect',
          data: { name },
          span: nameSpan,
          fixes: edits === undefined ? [] : [{ title: 'remove', data: { name }, safety: 'review', edits }],
        };
      }
    }
  },
};

const SERVER_ONLY = /^(?:DOTNET|COMPlus)_(?:GCHeapCount|GCHeapAffinitizeMask|GCHeapAffinitizeRanges|GCNoAffinitize)$/;

/**
 * Only where the file says so: without a word the program's own `runtimeconfig.json` decides, and web projects
 * choose the server collector there.
 */
function isWorkstation({ environment }: Service): boolean {
  const chosen: EnvironmentVariable | undefined = environment.get('DOTNET_gcServer') ?? environment.get('COMPlus_gcServer');
  return chosen?.value.value !== undefined && /^(?:0x)?0+$/i.test(chosen.value.text.trim());
}
