import { parseImage } from '../../memory/image-reference.ts';
import { missingOn } from '../arm64-images.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const imageNoArm64: Rule<Stack, 'none' | 'noneBefore'> = {
  id: 'image-no-arm64',
  appliesTo: 'compose',
  severity: 'error',
  group: 'image',
  docs: {
    what: 'An image that is not published for 64-bit ARM.',
    why: 'On a Pi the pull ends with "no matching manifest for linux/arm64/v8", or the program with "exec format error".',
    instead: 'Use the image that is named in the message, or another program.',
    references: ['https://docs.docker.com/build/building/multi-platform/'],
    invalid: [
      'services:\n  db:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n',
      'services:\n  db:\n    image: mysql:5.7\n',
    ],
    valid: ['services:\n  db:\n    image: mysql:8.4\n', 'services:\n  db:\n    image: postgres:16\n'],
  },
  messages: {
    none: '{image} is not published for arm64: it does not run on a Raspberry Pi. {instead}',
    noneBefore: '{image} is not published for arm64 before version {version}: it does not run on a Raspberry Pi',
  },
  *check({ model }) {
    for (const { image, platform } of model.services) {
      const reference = image?.value === undefined ? undefined : parseImage(image.value);
      // Whoever names a platform has decided; platform-not-arm speaks about that.
      if (image === undefined || reference === undefined || platform !== undefined) continue;
      const missing = missingOn(reference);
      if (missing !== undefined) yield { ...missing, data: { image: image.text, ...missing.data }, span: image.spans[0] };
    }
  },
};
