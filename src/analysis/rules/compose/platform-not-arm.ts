import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const platformNotArm: Rule<Stack, 'cannotRun'> = {
  id: 'platform-not-arm',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'image',
  docs: {
    what: 'A service that is pinned to a platform which no Raspberry Pi has.',
    why: 'Docker pulls the image for that processor, and on a Pi its program cannot start ("exec format error"), unless an emulator is installed, which takes several times the memory and the time.',
    instead: 'Leave `platform` out, or name `linux/arm64`. Where an image exists for amd64 alone, look for another.',
    references: ['https://docs.docker.com/reference/compose-file/services/#platform'],
    invalid: ['services:\n  web:\n    image: nginx:alpine\n    platform: linux/amd64\n'],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    platform: linux/arm64\n',
      'services:\n  web:\n    image: nginx:alpine\n',
    ],
  },
  messages: { cannotRun: 'No Raspberry Pi runs {platform}: the program will not start there' },
  *check({ model, surroundings }) {
    for (const { platform } of model.services) {
      if (platform?.value === undefined || /^(?:linux\/)?(?:arm|arm64|aarch64)(?:\/|$)/i.test(platform.value)) continue;
      // A laptop may well be meant until somebody says which board it shall be.
      const severity = surroundings.board === undefined && surroundings.host === undefined ? 'hint' : 'warning';
      yield { message: 'cannotRun', data: { platform: platform.value }, span: platform.spans[0], severity };
    }
  },
};
