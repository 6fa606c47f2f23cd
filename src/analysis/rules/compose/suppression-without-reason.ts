import type { Stack } from '../../documents/compose/model.ts';
import { nearest } from '../../../base/nearest.ts';
import { yamlSuppressions } from '../../suppression.ts';
import { ruleIds } from '../rule-ids.generated.ts';
import { groups, type Rule } from '../rule.ts';

export const suppressionWithoutReason: Rule<Stack, 'noReason' | 'noRule'> = {
  id: 'suppression-without-reason',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'syntax',
  docs: {
    what: 'A comment that shall silence a rule, but gives no reason or names no rule that exists.',
    why: 'Whoever comes after cannot tell whether it still holds. Such a comment silences nothing.',
    instead: 'Write `# headroom-ignore limit-below-floor -- measured at 60 MiB for a year`.',
    references: [],
    invalid: [
      'services:\n  # headroom-ignore limit-split\n  web:\n    image: nginx\n',
      'services:\n  # headroom-ignore limit-splat -- why\n  web:\n    image: nginx\n',
    ],
    valid: ['services:\n  # headroom-ignore limit-split -- the reason\n  web:\n    image: nginx\n'],
  },
  messages: {
    noReason: 'Without a reason behind " -- " this silences nothing',
    noRule: 'There is no rule or group "{rule}"; was "{nearest}" meant?',
  },
  *check({ model, yaml }) {
    for (const file of model.files) {
      const written = yaml(file);
      for (const { rule, reason, comment } of written === undefined ? [] : yamlSuppressions(written)) {
        if (!names.includes(rule))
          yield { message: 'noRule', data: { rule, nearest: nearest(rule, names) ?? 'limit-split' }, span: comment };
        else if (reason === undefined) yield { message: 'noReason', span: comment };
      }
    }
  },
};

const names: readonly string[] = [...ruleIds, ...groups];
