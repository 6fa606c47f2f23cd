import { parseImage } from '../../memory/image-reference.ts';
import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const adminToolAlwaysOn: Rule<Stack, 'alwaysOn'> = {
  id: 'admin-tool-always-on',
  appliesTo: 'compose',
  severity: 'hint',
  group: 'host',
  docs: {
    what: 'A tool for looking into a database runs all the time beside the database.',
    why: 'It is used for minutes a month and takes its memory around the clock; on a 512 MB board that is the room of a whole service.',
    instead: 'Give it a profile: `profiles: [tools]`. `docker compose --profile tools up -d` starts it when it is wanted.',
    references: ['https://docs.docker.com/compose/how-tos/profiles/'],
    invalid: ['services:\n  db:\n    image: postgres:16\n  pgweb:\n    image: sosedoff/pgweb\n'],
    valid: [
      'services:\n  db:\n    image: postgres:16\n  pgweb:\n    image: sosedoff/pgweb\n    profiles: [tools]\n',
      'services:\n  adminer:\n    image: adminer\n',
    ],
  },
  messages: {
    alwaysOn: '{image} takes memory around the clock for the minutes that it is used: a profile starts it when it is wanted',
  },
  *check({ model }) {
    // Alone in its stack it is what the stack is for.
    if (model.services.length < 2) return;
    for (const { image, profiles } of model.services) {
      const name = image?.value === undefined ? undefined : parseImage(image.value)?.name;
      if (image !== undefined && name !== undefined && TOOLS.has(name) && profiles.length === 0)
        yield { message: 'alwaysOn', data: { image: name }, span: image.spans[0] };
    }
  },
};

const TOOLS = new Set([
  'adminer',
  'sosedoff/pgweb',
  'dpage/pgadmin4',
  'phpmyadmin',
  'phpmyadmin/phpmyadmin',
  'mongo-express',
  'redis/redisinsight',
  'redislabs/redisinsight',
  'rediscommander/redis-commander',
  'ghcr.io/joeferner/redis-commander',
  'dbeaver/cloudbeaver',
]);
