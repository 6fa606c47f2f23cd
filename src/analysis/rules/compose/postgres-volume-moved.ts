import { parseImage } from '../../memory/image-reference.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const postgresVolumeMoved: Rule<Stack, 'moved' | 'mount'> = {
  id: 'postgres-volume-moved',
  appliesTo: 'compose',
  severity: 'error',
  group: 'image',
  docs: {
    what: 'A volume at `/var/lib/postgresql/data` for PostgreSQL 18 or newer.',
    why: 'Since 18 the official image keeps its data in `/var/lib/postgresql/18/docker` and declares the volume one level up. Its entrypoint refuses to start on a mount at the old place.',
    instead: 'Mount the volume at `/var/lib/postgresql`. Data of an older version needs `pg_upgrade` or a dump first.',
    references: ['https://github.com/docker-library/postgres/pull/1259'],
    invalid: [
      'services:\n  db:\n    image: postgres:18-alpine\n    volumes: [db:/var/lib/postgresql/data]\nvolumes: { db: {} }\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:18\n    volumes: [db:/var/lib/postgresql]\nvolumes: { db: {} }\n',
      'services:\n  db:\n    image: postgres:17\n    volumes: [db:/var/lib/postgresql/data]\nvolumes: { db: {} }\n',
      'services:\n  db:\n    image: postgres:18\n    environment:\n      PGDATA: /var/lib/postgresql/data\n    volumes: [db:/var/lib/postgresql/data]\nvolumes: { db: {} }\n',
    ],
  },
  messages: {
    moved:
      'PostgreSQL {version} will not start on a volume at /var/lib/postgresql/data: since 18 it belongs to /var/lib/postgresql',
    mount: 'Mount it at /var/lib/postgresql',
  },
  *check({ model }) {
    for (const { image, mounts, environment } of model.services) {
      const reference = image?.value === undefined ? undefined : parseImage(image.value);
      if (reference?.name !== 'postgres' || (reference.major ?? 0) < 18 || environment.has('PGDATA')) continue;
      for (const { target } of mounts) {
        if (target.value?.replace(/\/$/, '') !== '/var/lib/postgresql/data') continue;
        // The mount point can be written anew only where it stands by itself, not within "db:/var/…".
        const [span] = target.spans;
        const alone = span.end - span.start === target.text.length;
        yield {
          message: 'moved',
          data: { version: reference.major ?? 18 },
          span,
          fixes: alone ? [{ title: 'mount', safety: 'review', edits: [{ span, text: '/var/lib/postgresql' }] }] : [],
        };
      }
    }
  },
};
