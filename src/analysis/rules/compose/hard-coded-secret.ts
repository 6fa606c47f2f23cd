import { parseImage } from '../../memory/image-reference.ts';
import type { EnvironmentVariable, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const hardCodedSecret: Rule<Stack, 'inFile' | 'readsFile'> = {
  id: 'hard-coded-secret',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'hardening',
  docs: {
    what: 'A password or key as plain text in a Compose file.',
    why: 'The file goes into version control, and `docker inspect` shows the value to whoever may ask the engine.',
    instead:
      'Use `secrets:` with the `…_FILE` variable where the image reads one, or a variable from an `.env` file that is not checked in.',
    references: ['https://docs.docker.com/compose/how-tos/use-secrets/'],
    invalid: ['services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: hunter2\n'],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: ${DB_PASSWORD}\n',
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/p\n',
      'services:\n  app:\n    image: app\n    environment:\n      ALLOW_EMPTY_PASSWORD: "yes"\n      TOKEN_TTL: "3600"\n',
    ],
  },
  messages: {
    inFile: '{name} stands here in plain text, for everybody who reads this file or may ask the engine',
    readsFile: '{name} stands here in plain text; this image reads it from a file named by {name}_FILE',
  },
  *check({ model }) {
    for (const service of model.services) {
      for (const variable of service.environment.values()) {
        if (!isPlainSecret(variable)) continue;
        const { name, value } = variable;
        yield { message: readsFiles(service) ? 'readsFile' : 'inFile', data: { name }, span: value.spans[0] };
      }
    }
  },
};

const SECRET_NAME =
  /(?:^|_)(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|API_?KEY|PRIVATE_KEY|ACCESS_KEY|ENCRYPTION_KEY|TOKEN|AUTH_TOKEN|JWT_SECRET)$/i;

/** What is a switch, a number, a path or a reference rather than a secret. */
const NO_SECRET = /^(?:|true|false|yes|no|on|off|null|none|\d{1,5}|\/.*|https?:\/\/.*|<.*>|\{.*\}|%.*%|change-?me.*)$/i;

function isPlainSecret({ name, value, fromFile }: EnvironmentVariable): boolean {
  if (fromFile || value.value === undefined || !SECRET_NAME.test(name) || /ALLOW|ENABLE|DISABLE|REQUIRE|EMPTY|RANDOM/i.test(name))
    return false;
  // A variable in it means that the secret itself comes from elsewhere, its default aside.
  return value.origins.length === 1 && !NO_SECRET.test(value.text);
}

function readsFiles({ image }: Service): boolean {
  const name = image?.value === undefined ? undefined : parseImage(image.value)?.name;
  return name !== undefined && /^(?:postgres|mysql|mariadb|mongo|wordpress|nextcloud|ghost|redmine)$/.test(name);
}
