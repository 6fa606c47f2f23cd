import { formatBytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Located } from '../../documents/located.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { FixReport, Rule } from '../rule.ts';

/** Docker's own minimum, in daemon_unix.go: enough for runc to start. */
const MINIMUM = mebibytes(6);

export const limitUnderMinimum: Rule<Stack, 'tooSmall' | 'bareNumber' | 'asMebibytes'> = {
  id: 'limit-under-minimum',
  appliesTo: 'compose',
  severity: 'error',
  group: 'memory',
  docs: {
    what: 'A limit or reservation of less than 6 MB.',
    why: 'Docker refuses to create the container: "Minimum memory limit allowed is 6MB". A bare number is the usual cause: it counts bytes.',
    instead: 'Give the unit: `512M`, not `512`.',
    references: ['https://docs.docker.com/engine/containers/resource_constraints/'],
    invalid: [
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 512\n',
      'services:\n  web:\n    image: nginx:alpine\n    deploy:\n      resources:\n        limits:\n          memory: 4M\n',
    ],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 6M\n',
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 0\n',
    ],
  },
  messages: {
    tooSmall: '{size} is less than the 6 MiB that Docker demands: the container will not be created',
    bareNumber: '{text} means {text} bytes; Docker demands 6 MiB at least. Was {text}M meant?',
    asMebibytes: 'Write {text}M',
  },
  *check({ model }) {
    for (const { memory } of model.services) {
      for (const size of limitsOf(memory)) {
        // Zero is how Compose says "none".
        if (size?.value === undefined || size.value <= 0 || size.value >= MINIMUM) continue;
        const bare = /^\d+$/.test(size.text);
        yield {
          message: bare ? 'bareNumber' : 'tooSmall',
          data: bare ? { text: size.text } : { size: formatBytes(size.value) },
          span: size.spans[0],
          fixes: bare ? asMebibytes(size) : [],
        };
      }
    }
  },
};

/** Only where the number reads like one of mebibytes: 4194304 doesn't. */
function asMebibytes(size: Located<Bytes>): FixReport<'asMebibytes'>[] {
  const edits = Number(size.text) >= 6 ? rewrite(size, `${size.text}M`) : undefined;
  return edits === undefined || size.text.length > 5
    ? []
    : [{ title: 'asMebibytes', data: { text: size.text }, safety: 'review', edits }];
}

function limitsOf({ limit, reservation, deployLimit, deployReservation }: Service['memory']) {
  return [limit, reservation, deployLimit, deployReservation];
}
