import { parseImage } from '../../memory/image-reference.ts';
import type { EnvironmentVariable, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const unreadFileVariable: Rule<Stack, 'grafana' | 'rename' | 'bothSet'> = {
  id: 'unread-file-variable',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'hardening',
  docs: {
    what: 'A variable that shall name a file with a secret, in a spelling that the image does not read.',
    why: 'The secret is mounted, nobody opens it, and the program runs with its default password. Grafana wants two underscores: `GF_SECURITY_ADMIN_PASSWORD__FILE`. The official postgres image refuses to start when a variable stands both as value and as file.',
    instead: 'Use the spelling of the image.',
    references: ['https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/#configure-grafana-with-docker-secrets'],
    invalid: [
      'services:\n  grafana:\n    image: grafana/grafana\n    environment:\n      GF_SECURITY_ADMIN_PASSWORD_FILE: /run/secrets/p\n',
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: a\n      POSTGRES_PASSWORD_FILE: /run/secrets/p\n',
    ],
    valid: [
      'services:\n  grafana:\n    image: grafana/grafana\n    environment:\n      GF_SECURITY_ADMIN_PASSWORD__FILE: /run/secrets/p\n',
      'services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/p\n',
    ],
  },
  messages: {
    grafana: 'Grafana does not read {name}: it wants two underscores before FILE',
    rename: 'Rename it to {right}',
    bothSet: '{value} and {name} are both set: the image refuses to start',
  },
  *check({ model }) {
    for (const service of model.services) {
      for (const variable of service.environment.values()) {
        const { name, nameSpan } = variable;
        if (!name.endsWith('_FILE')) continue;
        if (isGrafana(service) && /^GF_.*[^_]_FILE$/.test(name))
          yield { message: 'grafana', data: { name }, span: nameSpan, fixes: rename(variable, service) };
        const value = name.slice(0, -'_FILE'.length);
        if (isPostgres(service) && service.environment.has(value))
          yield { message: 'bothSet', data: { name, value }, span: nameSpan, severity: 'error' };
      }
    }
  },
};

function rename({ name, nameSpan }: EnvironmentVariable, { environment }: Service) {
  const right = name.replace(/_FILE$/, '__FILE');
  if (environment.has(right) || nameSpan.end - nameSpan.start !== name.length) return [];
  return [{ title: 'rename' as const, data: { right }, safety: 'safe' as const, edits: [{ span: nameSpan, text: right }] }];
}

function isGrafana({ image }: Service): boolean {
  return /^grafana\/grafana(?:-oss|-enterprise)?$/.test(nameOf(image?.value));
}

function isPostgres({ image }: Service): boolean {
  return nameOf(image?.value) === 'postgres';
}

function nameOf(image: string | undefined): string {
  return image === undefined ? '' : (parseImage(image)?.name ?? '');
}
