import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

const CODES: ReadonlySet<string> = new Set([
  'yaml-invalid',
  'yaml-duplicate-key',
  'yaml-unknown-alias',
  'yaml-alias-cycle',
  'yaml-too-deep',
  'file-too-large',
]);

export const yamlInvalid: Rule<Stack, never> = {
  id: 'yaml-invalid',
  appliesTo: 'compose',
  severity: 'error',
  group: 'syntax',
  docs: {
    what: 'The file is not valid YAML, or not as Compose’s YAML library takes it.',
    why: 'Compose reads nothing of such a file. Headroom goes on with what it could understand, so other findings may be missing.',
    instead:
      'Mend the place that is marked: a key that stands twice, a tab for indentation, a bracket or quote without its partner, an alias without its anchor.',
    references: ['https://yaml.org/spec/1.2.2/'],
    invalid: [
      'services:\n  web:\n    image: nginx\n    image: caddy\n',
      'services:\n  web:\n    image: *nginx\n',
      'services:\n  web: [\n',
    ],
    valid: ['x-image: &image nginx\nservices:\n  web:\n    image: *image\n'],
  },
  messages: {},
  *check({ model }) {
    for (const { code, message, span } of model.problems) if (CODES.has(code)) yield { message, span };
  },
};
