import type { Service, Stack } from '../../documents/compose/model.ts';
import { isConfName, normalised, serverStart } from '../../documents/postgres/server-files.ts';
import { parseImage } from '../../memory/image-reference.ts';
import { programWords } from '../../memory/program.ts';
import type { Rule } from '../rule.ts';

export const pgConfNotUsed: Rule<Stack, 'unused'> = {
  id: 'pg-conf-not-used',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'postgres',
  docs: {
    what: 'A postgresql.conf that is mounted into the container, but that the server is not told to read.',
    why: 'The server reads the file in its data folder, which the image made. A file at `/etc/postgresql/postgresql.conf` or any other place is ignored in silence, and the server runs with its defaults.',
    instead: 'Name the file: `command: postgres -c config_file=/etc/postgresql/postgresql.conf`.',
    references: ['https://github.com/docker-library/docs/blob/master/postgres/README.md#database-configuration'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    volumes: [./postgresql.conf:/etc/postgresql/postgresql.conf:ro]\n',
      'services:\n  db:\n    image: postgis/postgis:16-3.4\n    command: postgres -c work_mem=1MB\n    volumes: [./pg.conf:/etc/postgresql.conf]\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    command: postgres -c config_file=/etc/postgresql/postgresql.conf\n    volumes: [./postgresql.conf:/etc/postgresql/postgresql.conf:ro]\n',
      'services:\n  db:\n    image: postgres:16\n    volumes: [./postgresql.conf:/var/lib/postgresql/data/postgresql.conf]\n',
      'services:\n  db:\n    image: postgres:16\n    volumes: [./pg_hba.conf:/etc/postgresql/pg_hba.conf]\n',
      'services:\n  db:\n    image: bitnami/postgresql:16\n    volumes: [./postgresql.conf:/opt/bitnami/postgresql/conf/postgresql.conf]\n',
    ],
  },
  messages: {
    unused: 'Nothing tells the server to read {path}: it reads {conf}, and this file has no effect',
  },
  *check({ model }) {
    for (const service of model.services.filter(startsAsOfficial)) {
      const { confPath, given } = serverStart(
        programWords({ service, limit: undefined, boardMemory: undefined, cores: undefined }),
        service,
        majorOf(service),
      );
      // With a file of one's own, another one may be included by it.
      if (given.configFile !== undefined || given.problem !== undefined || isReadFrom(service, confPath)) continue;
      for (const { target, span } of service.mounts) {
        const path = normalised(target.text);
        if (target.value === undefined || !isConfName(path) || path.startsWith('/docker-entrypoint-initdb.d/')) continue;
        yield { message: 'unused', data: { path, conf: confPath }, span };
      }
    }
  },
};

/** The official entrypoint adds no config_file; a script of one's own, at first start or instead of it, may. */
function startsAsOfficial({ image, entrypoint, command, mounts, build }: Service): boolean {
  const name = image?.value === undefined || build !== undefined ? undefined : parseImage(image.value)?.name;
  if (name === undefined || !OFFICIAL.test(name) || entrypoint !== undefined) return false;
  if (mounts.some(({ target }) => target.text.startsWith('/docker-entrypoint-initdb.d'))) return false;
  return !(command?.words.some(({ text, value }) => value === undefined || /^(?:\S*\/)?(?:sh|bash)$/.test(text)) ?? false);
}

const OFFICIAL = /^(?:postgres|postgis\/postgis|pgvector\/pgvector|timescale\/timescaledb)$/;

function majorOf({ image }: Service): number | undefined {
  return parseImage(image?.value ?? '')?.major;
}

function isReadFrom({ mounts }: Service, confPath: string): boolean {
  return mounts.some(({ target }) => normalised(target.text) === confPath);
}
