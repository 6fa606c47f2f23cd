import type { ProjectFile } from '../../documents/project/model.ts';
import type { Rule } from '../rule.ts';

export const projectUnknownKey: Rule<ProjectFile, 'rename'> = {
  id: 'project-unknown-key',
  appliesTo: 'project',
  severity: 'warning',
  group: 'syntax',
  docs: {
    what: 'A key of `headroom.yaml` that Headroom does not know.',
    why: 'It is passed over, so what it was meant to say is not said.',
    instead: 'Use one of the keys in the message. Keys that begin with `x-` are yours.',
    references: [],
    invalid: ['boards: pi-5-4gb\n', 'reserve: { systm: lite }\n'],
    valid: ['board: pi-5-4gb\n', 'x-anything: 1\n'],
  },
  messages: { rename: 'Rename it to {nearest}' },
  *check({ model }) {
    for (const { code, message, span, nearest } of model.problems) {
      if (code !== 'project-unknown-key') continue;
      const fixes =
        nearest === undefined
          ? []
          : [{ title: 'rename' as const, data: { nearest }, safety: 'safe' as const, edits: [{ span, text: nearest }] }];
      yield { message, span, fixes };
    }
  },
};
