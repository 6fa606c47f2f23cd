import { parseSize } from '../../../base/bytes.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { Rule } from '../rule.ts';

export const bytesSuffix: Rule<Stack, 'newer' | 'older' | 'write'> = {
  id: 'bytes-suffix',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'A size that some releases of Compose read and others refuse.',
    why: '`512Mi` is how Kubernetes writes sizes. Compose up to 2.26 takes it for 512 MiB; newer releases carry another parser and stop with "invalid suffix". `.5g` is the other way round.',
    instead: 'Write `512M`: every release reads it as 512 MiB.',
    references: [
      'https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values',
      'https://github.com/docker/go-units',
    ],
    invalid: ['services:\n  web:\n    image: nginx:alpine\n    mem_limit: 512Mi\n'],
    valid: [
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 512M\n',
      'services:\n  web:\n    image: nginx:alpine\n    mem_limit: 512MiB\n',
    ],
  },
  messages: {
    newer: '{text} is how Kubernetes writes sizes: Compose up to 2.26 reads it, newer releases refuse the file',
    older: '{text} is read by newer releases alone: Compose up to 2.26 refuses the file',
    write: 'Write {better}',
  },
  *check({ model }) {
    for (const service of model.services) {
      for (const size of sizesOf(service)) {
        if (size === undefined || size.text === '') continue;
        const [older, newer] = [parseSize(size.text, 'compose'), parseSize(size.text, 'go-units')];
        if (older.ok === newer.ok) continue;
        const better = size.text.replace(/^\./, '0.').replace(/i$/i, '');
        const edits = /^[\d.]+ ?[kmgtp]?$/i.test(better) ? rewrite(size, better) : undefined;
        yield {
          message: older.ok ? 'newer' : 'older',
          data: { text: size.text },
          span: size.spans[0],
          fixes: edits === undefined ? [] : [{ title: 'write', data: { better }, safety: 'safe', edits }],
        };
      }
    }
  },
};

function sizesOf({ memory }: Service) {
  const { limit, reservation, swapLimit, shm, deployLimit, deployReservation, tmpfs } = memory;
  return [limit, reservation, swapLimit, shm, deployLimit, deployReservation, ...tmpfs.map(({ size }) => size)];
}
