import { kibibytes } from '../../../base/bytes.ts';
import { parseImage, type ImageReference } from '../../memory/image-reference.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const pageSize16k: Rule<Stack, 'fails'> = {
  id: 'page-size-16k',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'image',
  docs: {
    what: 'An image whose memory allocator was built for pages of 4 KiB, on a board whose kernel uses 16 KiB.',
    why: 'The default kernel of the Pi 5 family has pages of 16 KiB. Programs that carry jemalloc built for 4 end at their start with "Unsupported system page size".',
    instead:
      'Take a version in which that is repaired, or boot the 4 KiB kernel: `kernel=kernel8.img` in `/boot/firmware/config.txt`, which every other container can live with.',
    references: [
      'https://github.com/raspberrypi/bookworm-feedback/issues/107',
      'https://github.com/fluent/fluent-bit/issues/9730',
      'https://github.com/qdrant/qdrant/issues/2474',
    ],
    invalid: [],
    valid: ['services:\n  q:\n    image: qdrant/qdrant:v1.7.0\n', 'services:\n  web:\n    image: nginx:alpine\n'],
  },
  messages: {
    fails:
      '{image} carries an allocator for pages of 4 KiB; the kernel of the {board} has {pages}: it may end with "Unsupported system page size"',
  },
  *check({ model, surroundings: { board, host } }) {
    const pages = host?.pageSize ?? board?.pageSize;
    if (pages === undefined || pages < kibibytes(16)) return;
    for (const { image } of model.services) {
      const reference = image?.value === undefined ? undefined : parseImage(image.value);
      if (image !== undefined && reference !== undefined && isKnownToFail(reference))
        yield {
          message: 'fails',
          data: { image: image.text, board: board?.name ?? 'host', pages: '16 KiB' },
          span: image.spans[0],
        };
    }
  },
};

/** From their own issue trackers: the tag up to which it was reported, or any where no repair is known. */
const REPORTED: Readonly<Record<string, { readonly before?: readonly [number, number] }>> = {
  'fluent/fluent-bit': {},
  'qdrant/qdrant': {},
  'ghcr.io/windmill-labs/windmill': {},
  'ghcr.io/sebadob/rauthy': { before: [0, 32] },
};

function isKnownToFail({ name, major, minor }: ImageReference): boolean {
  const report = REPORTED[name];
  if (report === undefined) return false;
  const { before } = report;
  return (
    before === undefined || (major !== undefined && (major < before[0] || (major === before[0] && (minor ?? 0) < before[1])))
  );
}
