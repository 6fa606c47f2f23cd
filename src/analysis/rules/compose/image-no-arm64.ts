import { parseImage, type ImageReference } from '../../memory/image-reference.ts';
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

/** Without an arm64 image in any version, with what to use instead. From the manifests of the publishers. */
const NEVER: Readonly<Record<string, string>> = {
  'mcr.microsoft.com/mssql/server': 'PostgreSQL and MariaDB do.',
  'mcr.microsoft.com/azure-sql-edge': 'It was withdrawn in 2025; PostgreSQL and MariaDB run there.',
  'container-registry.oracle.com/database/express': 'PostgreSQL and MariaDB do.',
  'gvenzl/oracle-xe': 'gvenzl/oracle-free does.',
};

/** The first major version with one. */
const SINCE: Readonly<Record<string, number>> = { mysql: 8, elasticsearch: 7 };

function missingOn({
  name,
  major,
}: ImageReference): { readonly message: 'none' | 'noneBefore'; readonly data: Record<string, string | number> } | undefined {
  const instead = NEVER[name];
  if (instead !== undefined) return { message: 'none', data: { instead } };
  const since = SINCE[name];
  return since !== undefined && major !== undefined && major < since
    ? { message: 'noneBefore', data: { version: since } }
    : undefined;
}
