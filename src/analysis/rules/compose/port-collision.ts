import type { Port, Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const portCollision: Rule<Stack, 'taken' | 'firstTaken' | 'replicas'> = {
  id: 'port-collision',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'Two services of one stack publish the same port of the host, or one service with a fixed port runs several times.',
    why: 'The second container fails with "port is already allocated", after the first is up.',
    instead: 'Publish different ports, or give them different addresses (`127.0.0.1:8080:80`).',
    references: ['https://docs.docker.com/reference/compose-file/services/#ports'],
    invalid: [
      'services:\n  a:\n    image: nginx:alpine\n    ports: ["8080:80"]\n  b:\n    image: nginx:alpine\n    ports: ["8080:8080"]\n',
      'services:\n  a:\n    image: nginx:alpine\n    scale: 2\n    ports: ["8080:80"]\n',
    ],
    valid: [
      'services:\n  a:\n    image: nginx:alpine\n    ports: ["8080:80"]\n  b:\n    image: nginx:alpine\n    ports: ["8080:80/udp"]\n',
      'services:\n  a:\n    image: nginx:alpine\n    ports: ["127.0.0.1:8080:80"]\n  b:\n    image: nginx:alpine\n    ports: ["127.0.0.2:8080:80"]\n',
      'services:\n  a:\n    image: nginx:alpine\n    profiles: [x]\n    ports: ["8080:80"]\n  b:\n    image: nginx:alpine\n    profiles: [y]\n    ports: ["8080:80"]\n',
      'services:\n  a:\n    image: nginx:alpine\n    scale: 2\n    ports: ["8080-8081:80"]\n',
    ],
  },
  messages: {
    taken: 'Port {port} is published by {service} already',
    firstTaken: 'published first here',
    replicas: 'Only one of {count} containers can have port {port}',
  },
  *check({ model }) {
    const first = new Map<number, Claim[]>();
    for (const claim of model.services.filter(({ active }) => active).flatMap(claimsOf)) {
      const earlier = (first.get(claim.port) ?? []).find((other) => collide(other, claim));
      if (earlier !== undefined)
        yield {
          message: 'taken',
          data: { port: claim.port, service: earlier.service.name },
          span: claim.of.span,
          related: [{ message: 'firstTaken', span: earlier.of.span }],
        };
      first.set(claim.port, [...(first.get(claim.port) ?? []), claim]);
    }
    for (const service of model.services.filter(({ active, replicas }) => active && (replicas?.value ?? 1) > 1)) {
      const [claim] = claimsOf(service);
      if (claim !== undefined)
        yield { message: 'replicas', data: { count: service.replicas?.value ?? 1, port: claim.port }, span: claim.of.span };
    }
  },
};

interface Claim {
  readonly service: Service;
  readonly of: Port;
  readonly port: number;
}

function claimsOf(service: Service): Claim[] {
  if (service.networkMode?.value === 'host') return [];
  return service.ports.flatMap((of) => {
    const port = /^\d+$/.test(of.published?.value ?? '') ? Number(of.published?.value) : 0;
    // Port 0 and ranges are the engine's choice.
    return port === 0 ? [] : [{ service, of, port }];
  });
}

const EVERYWHERE = /^(?:0\.0\.0\.0|::|\[::\])?$/;

function collide(one: Claim, other: Claim): boolean {
  if (one.of.protocol !== other.of.protocol) return false;
  const [here, there] = [one.of.hostIp?.text ?? '', other.of.hostIp?.text ?? ''];
  // An address that isn't known may be any.
  if (
    (one.of.hostIp !== undefined && one.of.hostIp.value === undefined) ||
    (other.of.hostIp !== undefined && other.of.hostIp.value === undefined)
  )
    return false;
  // The same line twice is one claim: Compose drops the repetition.
  if (one.service === other.service && one.of.target.text === other.of.target.text) return false;
  return here === there || EVERYWHERE.test(here) || EVERYWHERE.test(there);
}
