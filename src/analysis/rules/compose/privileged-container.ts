import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const privilegedContainer: Rule<Stack, 'privileged'> = {
  id: 'privileged-container',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: '`privileged: true`.',
    why: 'The container has every device and every capability of the board: whoever breaks into it has the Pi.',
    instead: 'Name what it needs: `devices: [/dev/ttyUSB0]`, `cap_add: [SYS_RAWIO]`, `group_add: [gpio]`.',
    references: ['https://docs.docker.com/reference/compose-file/services/#privileged'],
    invalid: ['services:\n  hub:\n    image: hub\n    privileged: true\n'],
    valid: [
      'services:\n  hub:\n    image: hub\n    devices: [/dev/ttyUSB0]\n',
      'services:\n  hub:\n    image: hub\n    privileged: false\n',
    ],
  },
  messages: {
    privileged: 'Whoever breaks into this container has the whole board: name the devices and capabilities that it needs',
  },
  *check({ model }) {
    for (const { privileged } of model.services) {
      if (privileged?.value === true) yield { message: 'privileged', span: privileged.key ?? privileged.spans[0] };
    }
  },
};
