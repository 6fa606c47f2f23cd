import { parse } from 'yaml';
import { bytes, parseSize, type Bytes } from '../../../src/base/bytes.ts';
import { fileId, span } from '../../../src/base/span.ts';
import type { CommandLine, Service } from '../../../src/analysis/documents/compose/model.ts';
import type { Located } from '../../../src/analysis/documents/located.ts';
import type { RuntimeInputs } from '../../../src/analysis/memory/runtime-model.ts';

/** One service as Compose writes it, without the resolver: enough for what a runtime looks at. */
export function service(text: string): Service {
  const tree = (parse(text) ?? {}) as Record<string, unknown>;
  const deploy = (tree['deploy'] as { resources?: { limits?: { memory?: string } } } | undefined)?.resources?.limits?.memory;
  return {
    ...EMPTY,
    image: located(tree['image']),
    command: commandLine(tree['command']),
    entrypoint: commandLine(tree['entrypoint']),
    environment: environment(tree['environment']),
    memory: { ...EMPTY.memory, limit: size(tree['mem_limit']), deployLimit: size(deploy), shm: size(tree['shm_size']) },
  } as Service;
}

export function inputs(text: string, more: Partial<RuntimeInputs> = {}): RuntimeInputs {
  return { service: service(text), limit: undefined, boardMemory: undefined, cores: undefined, ...more };
}

const PLACE = span(fileId('compose.yml'), 0, 0);

function located(value: unknown): Located<string> | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value as string | number | boolean);
  return { value: /\$\{|^\{|<.*>/.test(text) ? undefined : text, text, spans: [PLACE], origins: [] };
}

function size(value: unknown): Located<Bytes> | undefined {
  const text = located(value);
  if (text === undefined) return undefined;
  const parsed = parseSize(text.text);
  return { ...text, value: parsed.ok ? parsed.value : undefined };
}

function commandLine(value: unknown): CommandLine | undefined {
  if (value === undefined) return undefined;
  const shell = typeof value === 'string';
  const words = shell ? ((value as string).match(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g) ?? []) : (value as unknown[]).map(String);
  const bare = shell ? words.map((word) => word.replace(/(['"])(.*?)\1/g, '$2')) : words;
  return { words: bare.map((word) => located(word)!), shell, spans: [PLACE] };
}

function environment(value: unknown): Service['environment'] {
  const pairs = Array.isArray(value)
    ? (value as string[]).map((line) => [line.split('=')[0]!, line.slice(line.indexOf('=') + 1)] as const)
    : Object.entries((value ?? {}) as Record<string, unknown>);
  return new Map(
    pairs.map(([name, text]) => [name, { name, nameSpan: PLACE, value: located(text ?? '')!, fromFile: false }] as const),
  );
}

const EMPTY: Partial<Service> & { memory: Service['memory'] } = {
  name: 'service',
  nameSpan: PLACE,
  tree: { kind: 'map', entries: new Map(), spans: [PLACE] },
  active: true,
  profiles: [],
  replicas: undefined,
  build: undefined,
  labels: new Map(),
  cpus: undefined,
  mounts: [],
  ports: [],
  dependsOn: [],
  networks: [],
  memory: {
    limit: undefined,
    reservation: undefined,
    swapLimit: undefined,
    swappiness: undefined,
    shm: undefined,
    tmpfs: [],
    oomKillDisable: undefined,
    oomScoreAdj: undefined,
    deployLimit: undefined,
    deployReservation: undefined,
    deployLimits: undefined,
    deployReservations: undefined,
    ulimits: undefined,
  },
};

export const none = bytes(0);
