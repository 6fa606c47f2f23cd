import type { Stack } from '../../documents/compose/model.ts';
import { hasWord, option, programName, programWords } from '../../memory/program.ts';
import type { ServiceMemory } from '../../memory/stack-memory.ts';
import type { Rule } from '../rule.ts';

export const cacheCapMissing: Rule<Stack, 'uncapped' | 'refuses'> = {
  id: 'cache-cap-missing',
  appliesTo: 'compose',
  severity: 'info',
  group: 'runtime',
  docs: {
    what: 'A Redis or Valkey under a memory limit without `maxmemory`, or with a `maxmemory` but no policy for what happens there.',
    why: 'Without `maxmemory` Redis grows until the kernel kills it at the container’s limit, and everything that was not saved is gone. With one, but with the default policy `noeviction`, writes fail with "OOM command not allowed" when it is full: right for a store, wrong for a cache.',
    instead:
      '`redis-server --maxmemory 48mb --maxmemory-policy allkeys-lru` under a limit of 64M; under more where it saves to disk, which copies pages.',
    references: ['https://redis.io/docs/latest/develop/reference/eviction/'],
    invalid: ['services:\n  cache:\n    image: redis:7\n    mem_limit: 64M\n'],
    valid: [
      'services:\n  cache:\n    image: redis:7\n    command: redis-server --maxmemory 48mb --maxmemory-policy allkeys-lru\n    mem_limit: 64M\n',
      'services:\n  cache:\n    image: redis:7\n',
      'services:\n  cache:\n    image: redis:7\n    command: redis-server /etc/redis.conf\n    mem_limit: 64M\n',
    ],
  },
  messages: {
    uncapped: 'Without maxmemory Redis grows until it is killed at its limit of {limit}',
    refuses: 'With maxmemory and no maxmemory-policy, writes fail when it is full: fine for a store, wrong for a cache',
  },
  *check({ memory }) {
    for (const each of memory()) {
      const { service, limit, inputs } = each;
      if (limit === undefined || !isRedis(each) || readsConf(each)) continue;
      const words = programWords(inputs);
      const span = service.image?.spans[0] ?? service.nameSpan;
      if (option(words, '--maxmemory') === undefined)
        yield {
          message: 'uncapped',
          data: { limit: service.memory.deployLimit?.text ?? service.memory.limit?.text ?? '' },
          span,
        };
      else if (option(words, '--maxmemory-policy') === undefined)
        yield { message: 'refuses', span: service.command?.spans[0] ?? span, severity: 'hint' };
    }
  },
};

/** The server itself, by its official images: another program of the image is no cache. */
function isRedis({ service, inputs, runtime }: ServiceMemory): boolean {
  const name = programName(inputs);
  if (runtime !== 'redis' || service.build !== undefined || service.entrypoint !== undefined) return false;
  return name === undefined || /^(?:redis|valkey)-server$/.test(name);
}

/** A conf file may say all of it. */
function readsConf({ inputs, service }: ServiceMemory): boolean {
  return (
    hasWord(programWords(inputs), /\.conf$/) ||
    service.mounts.some(({ target }) => target.text.endsWith('.conf')) ||
    service.configs.length > 0
  );
}
