import type { Problem, Stack } from '../../documents/compose/model.ts';
import type { Rule, Severity } from '../rule.ts';

export const composeRefused: Rule<Stack, never> = {
  id: 'compose-refused',
  appliesTo: 'compose',
  severity: 'error',
  group: 'syntax',
  docs: {
    what: 'The project is one that `docker compose` does not load.',
    why: 'Compose checks a project as a whole before it touches a container: one bad value, one name that leads nowhere, and no service starts.',
    instead:
      'Mend the place that is marked. What another file may supply (an image, a network, a variable) is only mentioned, since this file may not be meant to stand alone.',
    references: ['https://docs.docker.com/reference/compose-file/'],
    invalid: [
      'services:\n  web:\n    image: nginx\n    ports: ["eighty:80"]\n',
      'services:\n  a:\n    image: a\n    depends_on: [b]\n  b:\n    image: b\n    depends_on: [a]\n',
      'services:\n  web:\n    image: nginx\n    mem_limit: lots\n',
    ],
    valid: ['services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n    mem_limit: 64M\n'],
  },
  messages: {},
  *check({ model }) {
    // A fragment for an app store or an `extends` has no services of its own: it was never meant for Compose alone.
    if (model.services.length === 0) return;
    for (const problem of model.problems) {
      if (!problem.refused || SPOKEN_FOR.has(problem.code)) continue;
      yield { message: problem.message, span: problem.span, severity: severityOf(problem) };
    }
  },
};

/** Rules of their own say these better, with a fix. */
const SPOKEN_FOR: ReadonlySet<string> = new Set([
  'yaml-invalid',
  'yaml-duplicate-key',
  'yaml-unknown-alias',
  'yaml-alias-cycle',
  'yaml-too-deep',
  'file-too-large',
  'distinct-values',
  // A template is filled in before Compose sees it.
  'placeholder',
]);

/** A file of an app store, an override or a template lacks on purpose what something else brings. */
const MAY_COME_FROM_ELSEWHERE: ReadonlySet<string> = new Set([
  'no-image',
  'undefined-reference',
  'file-missing',
  'file-outside',
  'file-unreadable',
  'extends-missing',
  'variable-required',
  'unknown-key',
  'empty',
  'no-project-name',
]);

function severityOf({ code }: Problem): Severity {
  return MAY_COME_FROM_ELSEWHERE.has(code) ? 'hint' : 'error';
}
