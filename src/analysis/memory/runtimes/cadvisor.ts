import { mebibytes } from '../../../base/bytes.ts';
import { evidenceOf } from '../evidence.ts';
import { option, originOf, programWords } from '../program.ts';
import { byDefault, known, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const cadvisor: RuntimeModel = {
  id: 'cadvisor',
  references: ['https://github.com/google/cadvisor/blob/master/docs/runtime_options.md'],
  detects: (inputs) => evidenceOf(inputs, { image: /^cadvisor$/, program: /^cadvisor$/ }),
  estimate(inputs) {
    const kept = option(programWords(inputs), '--storage_duration', '-storage_duration');
    const minutes = durationInMinutes(kept?.text) ?? 2;
    const regions = [
      region('Heap and stacks', 'unreclaimable', 35, 55, byDefault('a Go program that walks every cgroup')),
      region('Samples kept', 'unreclaimable', minutes * 5, minutes * 10, originOf(kept, '--storage_duration 2m')),
      programText(25, byDefault('a Go binary of about 50 MiB')),
    ];
    return known('cadvisor', regions, mebibytes(64), 'heuristic');
  },
  examples: [
    {
      service: 'image: gcr.io/cadvisor/cadvisor:latest\ncommand: --storage_duration=1m',
      peak: mebibytes(90),
      because: 'one minute of samples',
    },
  ],
};

function durationInMinutes(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)/.exec(text ?? '');
  if (match === null) return undefined;
  const factor = match[2] === 's' ? 1 / 60 : match[2] === 'h' ? 60 : 1;
  return Math.min(Number(match[1]) * factor, 600);
}
