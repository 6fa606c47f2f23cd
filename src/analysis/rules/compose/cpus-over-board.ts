import type { Service, Stack } from '../../documents/compose/model.ts';
import type { Rule } from '../rule.ts';

export const cpusOverBoard: Rule<Stack, 'one' | 'sum' | 'share'> = {
  id: 'cpus-over-board',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'host',
  docs: {
    what: 'A service may use more processors than the board has, or all services together far more.',
    why: 'Docker refuses a container with more `cpus` than there are ("Range of CPUs is from 0.01 to 4.00"). A sum above the cores is no error: it only means that the limits protect nobody when all are busy.',
    instead: 'Give one service at most the board’s cores, and leave some for the system.',
    references: ['https://docs.docker.com/engine/containers/resource_constraints/#cpu'],
    invalid: [],
    valid: ['services:\n  web:\n    image: nginx:alpine\n    cpus: 0.5\n'],
  },
  messages: {
    one: '{cpus} processors on a board with {cores}: Docker refuses the container',
    sum: 'The services may use {sum} processors together, and the {board} has {cores}: their limits protect nobody when all are busy',
    share: '{service}: {cpus}',
  },
  *check({ model, surroundings: { board, host, agents } }) {
    const cores = host?.cpus ?? board?.cores;
    if (cores === undefined) return;
    const limited = model.services.filter(({ active }) => active).flatMap((service) => withCpus(service));
    for (const { cpus, span } of limited) if (cpus > cores) yield { message: 'one', data: { cpus, cores }, span };
    const sum =
      Math.round(limited.reduce((total, { cpus, service }) => total + cpus * (service.replicas?.value ?? 1), 0) * agents * 100) /
      100;
    if (sum <= cores || limited.some(({ cpus }) => cpus > cores)) return;
    yield {
      message: 'sum',
      severity: 'hint',
      data: { sum, cores, board: board?.name ?? 'host' },
      span: model.anchor,
      related: limited.map(({ service, cpus, span }) => ({
        message: 'share' as const,
        data: { service: service.name, cpus },
        span,
      })),
    };
  },
};

function withCpus(service: Service) {
  const written = service.deployCpus ?? service.cpus;
  return written?.value === undefined || written.value <= 0 ? [] : [{ service, cpus: written.value, span: written.spans[0] }];
}
