import { bytes, formatBytes, mebibytes, type Bytes } from '../../../base/bytes.ts';
import type { Span } from '../../../base/span.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import { maxHeap } from '../../memory/java-options.ts';
import { heapSettings } from '../../memory/node-options.ts';
import { option, programName, programWords, variable, type Setting } from '../../memory/program.ts';
import type { RuntimeInputs } from '../../memory/runtime-model.ts';
import type { Rule } from '../rule.ts';

export const heapCapAtLimit: Rule<Stack, 'atLimit' | 'withYoung' | 'limit'> = {
  id: 'heap-cap-at-limit',
  appliesTo: 'compose',
  severity: 'warning',
  group: 'runtime',
  docs: {
    what: 'A cap on a heap or cache that is as large as the container’s limit, or larger.',
    why: 'The cap bounds a part of the program; code, stacks, buffers and copies come on top. The collector works hard only near its own cap, and the kernel kills at the limit first: the cap never acts.',
    instead:
      'Leave room above the cap: for Node about 80 MiB, for a JVM a third of the limit, for Redis a quarter, and half where it saves to disk.',
    references: [
      'https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib',
      'https://redis.io/docs/latest/develop/reference/eviction/',
    ],
    invalid: [
      'services:\n  web:\n    image: node:20\n    command: node server.js\n    mem_limit: 256M\n    environment:\n      NODE_OPTIONS: --max-old-space-size=256\n',
      'services:\n  web:\n    image: node:20\n    command: node server.js\n    mem_limit: 192M\n    environment:\n      NODE_OPTIONS: --max-old-space-size=96 --max-semi-space-size=32\n',
      'services:\n  cache:\n    image: redis:7\n    command: redis-server --maxmemory 128mb\n    mem_limit: 128M\n',
      'services:\n  app:\n    image: eclipse-temurin:17\n    command: java -Xmx512m -jar app.jar\n    mem_limit: 512M\n',
    ],
    valid: [
      'services:\n  web:\n    image: node:20\n    command: node server.js\n    mem_limit: 256M\n    environment:\n      NODE_OPTIONS: --max-old-space-size=160\n',
      'services:\n  cache:\n    image: redis:7\n    command: redis-server --maxmemory 96mb\n    mem_limit: 128M\n',
      'services:\n  cache:\n    image: redis:7\n    command: redis-server --maxmemory 128mb\n',
    ],
  },
  messages: {
    atLimit:
      '{setting} of {cap} leaves nothing of the limit of {limit} for the rest of the program: the kernel kills it before the cap acts',
    withYoung:
      'The heap may grow to {cap} and 3 × {semi} of semi-space, and Node takes about 40 MiB besides: that passes the limit of {limit}',
    limit: 'the limit',
  },
  *check({ model }) {
    for (const service of model.services) {
      const limit = service.memory.deployLimit ?? service.memory.limit;
      if (limit?.value === undefined || limit.value <= 0) continue;
      for (const { setting, cap, span, semi } of capsOf(service, limit.value)) {
        const fits = semi === undefined ? cap < limit.value : cap + semi * 3 + NODE_BESIDES <= limit.value;
        if (fits) continue;
        yield {
          message: semi === undefined ? 'atLimit' : 'withYoung',
          data: { setting, cap: formatBytes(cap), limit: formatBytes(limit.value), semi: formatBytes(semi ?? bytes(0)) },
          span,
          related: [{ message: 'limit', span: limit.spans[0] }],
        };
      }
    }
  },
};

interface Cap {
  readonly setting: string;
  readonly cap: Bytes;
  readonly span: Span;
  /** Where somebody set it: the young generation is three of them. At its default it is within the usual distance. */
  readonly semi?: Bytes;
}

/** Program text, native heap and stacks of a small Node program that has just been started: 36 to 44 MiB. */
const NODE_BESIDES = mebibytes(40);

function capsOf(service: Service, limit: Bytes): Cap[] {
  if (!mentionsCap(service)) return [];
  const inputs: RuntimeInputs = { service, limit, boardMemory: undefined, cores: undefined };
  return [...nodeCap(inputs), ...redisCap(inputs), ...javaCap(inputs)];
}

/** Few services do; taking the others' commands apart for nothing would be most of this rule's time. */
function mentionsCap({ environment, entrypoint, command }: Service): boolean {
  const words = [...(entrypoint?.words ?? []), ...(command?.words ?? []), ...[...environment.values()].map(({ value }) => value)];
  return words.some(({ text }) => /space|mx|heap|ram|maxmemory/i.test(text));
}

function nodeCap(inputs: RuntimeInputs): Cap[] {
  const heap = heapSettings(inputs);
  if (heap?.explicit !== true || heap.from.kind !== 'file') return [];
  const cap = { setting: '--max-old-space-size', cap: mebibytes(heap.oldSpace), span: heap.from.span };
  return [heap.semiFrom.kind === 'file' ? { ...cap, semi: mebibytes(heap.semiSpace) } : cap];
}

function redisCap(inputs: RuntimeInputs): Cap[] {
  if (!/^(?:redis|valkey)-server$/.test(programName(inputs) ?? '')) return [];
  const setting = option(programWords(inputs), '--maxmemory');
  const size = redisSize(setting?.text);
  return placed('maxmemory', setting, size);
}

/** Redis has units of its own: `k` is 1000 and `kb` is 1024. */
function redisSize(text: string | undefined): Bytes | undefined {
  const match = /^(\d+)(b|k|kb|m|mb|g|gb)?$/i.exec(text ?? '');
  if (match === null) return undefined;
  const factors: Readonly<Record<string, number>> = { b: 1, k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3 };
  return bytes(Number(match[1]) * (factors[(match[2] ?? 'b').toLowerCase()] ?? 1));
}

function javaCap(inputs: RuntimeInputs): Cap[] {
  const inVariable = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS', 'ES_JAVA_OPTS', 'OPENSEARCH_JAVA_OPTS'].flatMap(
    (name) => {
      const setting = variable(inputs, name);
      return placed(`-Xmx in ${name}`, setting, heap(setting?.text));
    },
  );
  const words = programWords(inputs);
  const word = programName(inputs) === 'java' ? words.findLast(({ text }) => /^-Xmx\d/.test(text)) : undefined;
  const inWords = word?.value === undefined ? [] : [{ setting: '-Xmx', cap: heap(word.text), span: word.spans[0] }];
  return [...inVariable, ...inWords.flatMap(({ cap, ...rest }) => (cap === undefined ? [] : [{ cap, ...rest }]))];
}

function heap(options: string | undefined): Bytes | undefined {
  const most = maxHeap(options);
  return most === undefined ? undefined : mebibytes(most);
}

function placed(setting: string, from: Setting | undefined, cap: Bytes | undefined): Cap[] {
  return from?.from.kind === 'file' && cap !== undefined ? [{ setting, cap, span: from.from.span }] : [];
}
