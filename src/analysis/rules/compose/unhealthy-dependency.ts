import type { Dependency, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const unhealthyDependency: Rule<Stack, 'never' | 'service'> = {
  id: 'unhealthy-dependency',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'host',
  docs: {
    what: '`depends_on` waits for `service_healthy`, but the service that it waits for has no healthcheck.',
    why: 'Nothing can become healthy: `docker compose up` stops with "container has no healthcheck configured" and starts nothing that depends on it.',
    instead:
      'Give the service a `healthcheck`, or wait for `service_started`. Images that may bring a healthcheck of their own are passed over.',
    references: ['https://docs.docker.com/reference/compose-file/services/#depends_on'],
    invalid: [
      'services:\n  api:\n    image: api\n    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: postgres:16\n',
      'services:\n  api:\n    image: api\n    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: postgres:16\n    healthcheck: { disable: true }\n',
    ],
    valid: [
      'services:\n  api:\n    image: api\n    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: postgres:16\n    healthcheck:\n      test: pg_isready\n',
      'services:\n  api:\n    image: api\n    depends_on: [db]\n  db:\n    image: postgres:16\n',
      'services:\n  api:\n    image: api\n    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: ghcr.io/immich-app/postgres:14\n',
    ],
  },
  messages: {
    never: '{service} has no healthcheck: nothing can become healthy, and "up" fails',
    service: 'no healthcheck here',
  },
  *check({ model }) {
    const services = new Map(model.services.map((service) => [service.name, service]));
    for (const { dependsOn } of model.services) {
      for (const dependency of dependsOn.filter(waitsForHealth)) {
        const target = services.get(dependency.service.text);
        if (target === undefined || !certainlyUnchecked(target)) continue;
        yield {
          message: 'never',
          data: { service: target.name },
          span: dependency.condition?.spans[0] ?? dependency.service.spans[0],
          related: [{ message: 'service', span: target.nameSpan }],
        };
      }
    }
  },
};

function waitsForHealth({ condition }: Dependency): boolean {
  return condition?.value === 'service_healthy';
}

/** Images that are known to bring no healthcheck. Of others nothing is known, and nothing is said. */
const WITHOUT =
  /^(?:docker\.io\/)?(?:library\/)?(?:postgres|mysql|mariadb|redis|valkey\/valkey|mongo|nginx|httpd|rabbitmq|memcached|influxdb|eclipse-mosquitto|node|python|caddy|traefik|haproxy|elasticsearch|alpine|debian|ubuntu|busybox)(?::|@|$)/;

function certainlyUnchecked({ healthcheck, image, build }: Service): boolean {
  if (healthcheck?.disabled === true) return true;
  // Intervals without a test lean on a check that the image brings: its author knows.
  if (healthcheck !== undefined || build !== undefined) return false;
  return image?.value !== undefined && WITHOUT.test(image.value);
}
