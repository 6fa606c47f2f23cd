import type { Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const swarmOnlySecret: Rule<Stack, 'external' | 'used'> = {
  id: 'swarm-only-secret',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'A secret or config marked `external: true` in a stack that `docker compose` starts.',
    why: 'Only a Swarm keeps secrets of its own. `docker compose up` stops with "unsupported external secret".',
    instead: 'Read it from a file (`file: ./db_password.txt`) or from a variable (`environment: DB_PASSWORD`).',
    references: ['https://docs.docker.com/reference/compose-file/secrets/'],
    invalid: [
      'services:\n  db:\n    image: postgres:16\n    secrets: [db_password]\nsecrets:\n  db_password:\n    external: true\n',
    ],
    valid: [
      'services:\n  db:\n    image: postgres:16\n    secrets: [db_password]\nsecrets:\n  db_password:\n    file: ./db_password.txt\n',
      'services:\n  db:\n    image: postgres:16\nsecrets:\n  unused:\n    external: true\n',
    ],
  },
  messages: { external: 'External secrets and configs live in a Swarm: "docker compose up" refuses {name}', used: 'used here' },
  *check({ model }) {
    for (const objects of [model.secrets, model.configs] as const) {
      for (const { name, nameSpan, external } of objects) {
        const users = model.services.flatMap(({ secrets, configs }) =>
          (objects === model.secrets ? secrets : configs).filter(({ text }) => text === name),
        );
        const [user] = users;
        if (external && user !== undefined)
          yield { message: 'external', data: { name }, span: nameSpan, related: [{ message: 'used', span: user.spans[0] }] };
      }
    }
  },
};
