import { parseImage } from '../../memory/image-reference.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import { writtenLimit } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';

export const relativeWatermark: Rule<Stack, 'relative'> = {
  id: 'relative-watermark',
  appliesTo: 'compose',
  severity: 'info',
  group: 'runtime',
  docs: {
    what: 'A RabbitMQ under a memory limit without an absolute memory watermark.',
    why: 'The watermark at which RabbitMQ stops its publishers is a share of the memory that it sees, and it may see the whole board: 40 % of 8 GiB never acts under a limit of 256M. The kernel acts first.',
    instead:
      'Mount a conf file with `vm_memory_high_watermark.absolute = 128MiB`. Keep it above what RabbitMQ takes at its start (about 110 MiB), or publishers are blocked for good.',
    references: ['https://www.rabbitmq.com/docs/memory'],
    invalid: ['services:\n  mq:\n    image: rabbitmq:4\n    mem_limit: 256M\n'],
    valid: [
      'services:\n  mq:\n    image: rabbitmq:4\n',
      'services:\n  mq:\n    image: rabbitmq:4\n    mem_limit: 256M\n    volumes: ["./rabbit.conf:/etc/rabbitmq/rabbitmq.conf:ro"]\n',
    ],
  },
  messages: { relative: 'RabbitMQ’s watermark is a share of the board’s memory, not of this limit: name an absolute one' },
  *check({ model }) {
    for (const service of model.services) {
      const limit = writtenLimit(service);
      if (limit?.value === undefined || limit.value <= 0 || !isRabbit(service) || isConfigured(service)) continue;
      yield { message: 'relative', span: limit.spans[0] };
    }
  },
};

function isRabbit({ image }: Service): boolean {
  return image?.value !== undefined && parseImage(image.value)?.name === 'rabbitmq';
}

function isConfigured({ mounts, configs, environment }: Service): boolean {
  return (
    configs.length > 0 ||
    mounts.some(({ target }) => target.text.startsWith('/etc/rabbitmq')) ||
    environment.has('RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS') ||
    environment.has('RABBITMQ_CONFIG_FILE')
  );
}
