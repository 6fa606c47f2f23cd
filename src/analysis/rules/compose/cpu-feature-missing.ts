import { parseImage, type ImageReference } from '../../memory/image-reference.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const cpuFeatureMissing: Rule<Stack, 'lacks' | 'onlyPi5'> = {
  id: 'cpu-feature-missing',
  appliesTo: 'compose',
  severity: 'error',
  group: 'image',
  docs: {
    what: 'An image whose program needs processor instructions that the board lacks.',
    why: 'MongoDB since 5.0 (and since 4.4.19 and 4.2.24) is built for ARMv8.2-A, which of all Pis only the Pi 5 family has. An arm64 image exists, is pulled without a warning, and ends with "Illegal instruction" (code 132).',
    instead: 'Pin `mongo:4.4.18`, use a Pi 5, or use another database.',
    references: ['https://github.com/docker-library/mongo/issues/510'],
    invalid: ['services:\n  db:\n    image: mongo:7\n'],
    valid: ['services:\n  db:\n    image: mongo:4.4.18\n', 'services:\n  db:\n    image: postgres:16\n'],
  },
  messages: {
    lacks: '{image} needs ARMv8.2-A, which the {board} lacks: it ends with "Illegal instruction"',
    onlyPi5: '{image} needs ARMv8.2-A: of all Pis it runs on the Pi 5 family alone',
  },
  *check({ model, surroundings: { board } }) {
    for (const { image } of model.services) {
      const reference = image?.value === undefined ? undefined : parseImage(image.value);
      if (image === undefined || reference === undefined || !needsArmv82(reference)) continue;
      // A plain size says nothing about the processor; a board that has the feature has no problem.
      if (board === undefined) yield { message: 'onlyPi5', data: { image: image.text }, span: image.spans[0], severity: 'hint' };
      else if (!board.armv82) yield { message: 'lacks', data: { image: image.text, board: board.name }, span: image.spans[0] };
    }
  },
};

function needsArmv82({ name, tag, major, minor }: ImageReference): boolean {
  if (name !== 'mongo') return false;
  if (major === undefined || major >= 5) return true;
  const patch = Number(/^\d+\.\d+\.(\d+)/.exec(tag ?? '')?.[1] ?? NaN);
  return (major === 4 && minor === 4 && patch >= 19) || (major === 4 && minor === 2 && patch >= 24);
}
