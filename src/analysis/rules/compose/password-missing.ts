import { parseImage } from '../../memory/image-reference.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const passwordMissing: Rule<Stack, 'secretUnread' | 'missing'> = {
  id: 'password-missing',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A postgres service without a password that its image would read.',
    why: 'On an empty data directory the official image stops with "Database is uninitialized and superuser password is not specified". A secret that is mounted but that no `POSTGRES_PASSWORD_FILE` names is not read.',
    instead: 'Point `POSTGRES_PASSWORD_FILE` at the secret: `/run/secrets/<name>`.',
    references: ['https://github.com/docker-library/docs/blob/master/postgres/README.md'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_DB: shop\n    secrets: [db_password]\nsecrets:\n  db_password:\n    file: ./p\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db_password\n    secrets: [db_password]\nsecrets:\n  db_password:\n    file: ./p\n',
      'services:\n  db:\n    image: postgres:16\n    env_file: db.env\n',
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_HOST_AUTH_METHOD: trust\n',
    ],
  },
  messages: {
    secretUnread:
      'The image reads no secret by itself: without POSTGRES_PASSWORD_FILE: /run/secrets/{secret} it will not start on an empty volume',
    missing: 'Without POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE the image will not start on an empty volume',
  },
  *check({ model }) {
    for (const service of model.services) {
      if (!isPlainPostgres(service) || hasPassword(service)) continue;
      const secret = service.secrets.find(({ text }) => /pass|pw/i.test(text)) ?? service.secrets[0];
      // Without any secret the data may well be there already: then nothing is wrong for sure.
      if (secret === undefined) yield { message: 'missing', span: service.nameSpan, severity: 'hint' };
      else yield { message: 'secretUnread', data: { secret: secret.text }, span: secret.spans[0] };
    }
  },
};

const PASSWORDS = ['POSTGRES_PASSWORD', 'POSTGRES_PASSWORD_FILE', 'POSTGRES_HOST_AUTH_METHOD'];

function hasPassword({ environment }: Service): boolean {
  return PASSWORDS.some((name) => environment.has(name));
}

function isPlainPostgres({ image, entrypoint, command, tree }: Service): boolean {
  if (image?.value === undefined || parseImage(image.value)?.name !== 'postgres') return false;
  // Another program of the image (a backup job, psql) or variables from a file that isn't here.
  const first = command?.words[0]?.text;
  return (
    entrypoint === undefined &&
    !tree.entries.has('env_file') &&
    (first === undefined || first.startsWith('-') || first === 'postgres')
  );
}
