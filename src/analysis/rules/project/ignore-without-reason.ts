import type { ProjectFile } from '../../documents/project/model.ts';
import type { Rule } from '../rule.ts';

export const ignoreWithoutReason: Rule<ProjectFile, 'noReason'> = {
  id: 'ignore-without-reason',
  appliesTo: 'project',
  severity: 'warning',
  group: 'syntax',
  docs: {
    what: 'An entry under `ignore` without a reason.',
    why: 'Whoever comes after cannot tell whether it still holds. Such an entry accepts nothing.',
    instead: 'Say why: `reason: "laptop only"`.',
    references: [],
    invalid: ['ignore: [{ rule: image-no-arm64, reason: " " }]\n'],
    valid: ['ignore: [{ rule: image-no-arm64, reason: "laptop only" }]\n'],
  },
  messages: { noReason: 'Without a reason this accepts nothing' },
  *check({ model }) {
    for (const { reason, span } of model.ignores) if (reason === undefined) yield { message: 'noReason', span };
  },
};
