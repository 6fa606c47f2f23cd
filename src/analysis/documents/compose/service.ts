import { fileId } from '../../../base/span.ts';
import { joinPath } from '../../../base/path.ts';
import type { Located } from '../located.ts';
import type {
  Build,
  Dependency,
  Entry,
  EnvironmentVariable,
  FileObject,
  Healthcheck,
  Logging,
  Port,
  Service,
  Value,
} from './model.ts';
import { readCommand } from './command.ts';
import { readMemory } from './memory-settings.ts';
import { readMounts } from './mounts.ts';
import { booleanAt, durationOf, locatedTexts, numberOf, textOf, textsOf } from './read.ts';
import { asList, asMapping, asScalar, isNull, locate, Mapping, Scalar } from './value.ts';

export interface ProjectObjects {
  readonly configs: readonly FileObject[];
  readonly secrets: readonly FileObject[];
}

/** A service of the resolved tree, typed. */
export function readService(name: string, { key, value }: Entry, active: boolean, objects: ProjectObjects): Service {
  const tree = asMapping(value) ?? new Mapping(new Map(), [key]);
  const resources = asMapping(asMapping(tree.get('deploy'))?.get('resources'));
  return {
    name,
    nameSpan: key,
    tree,
    active,
    profiles: textsOf(tree.get('profiles')),
    replicas: replicasOf(tree),
    image: textOf(tree, 'image'),
    platform: textOf(tree, 'platform'),
    build: readBuild(tree.get('build')),
    command: readCommand(tree.get('command')),
    entrypoint: readCommand(tree.get('entrypoint')),
    environment: readEnvironment(tree),
    labels: locatedTexts(tree.get('labels')),
    memory: readMemory(tree),
    cpus: numberOf(tree, 'cpus'),
    deployCpus: numberOf(asMapping(resources?.get('limits')), 'cpus'),
    pidsLimit: numberOf(tree, 'pids_limit'),
    deployPids: numberOf(asMapping(resources?.get('limits')), 'pids'),
    restart: textOf(tree, 'restart'),
    healthcheck: readHealthcheck(tree.entries.get('healthcheck')),
    logging: readLogging(tree.entries.get('logging')),
    mounts: readMounts(tree, objects),
    ports: readPorts(tree.get('ports')),
    dependsOn: readDependencies(tree.get('depends_on')),
    networks: readNetworkNames(tree.get('networks')),
    networkMode: textOf(tree, 'network_mode'),
    privileged: booleanAt(tree, 'privileged'),
    init: booleanAt(tree, 'init'),
    readOnly: booleanAt(tree, 'read_only'),
    user: textOf(tree, 'user'),
    capDrop: textsOf(tree.get('cap_drop')),
    securityOptions: textsOf(tree.get('security_opt')),
    secrets: sources(tree.get('secrets')),
    configs: sources(tree.get('configs')),
  };
}

/** `deploy.mode: global` is one on one machine, whatever `replicas` says elsewhere. */
function replicasOf(tree: Mapping): Located<number> | undefined {
  return numberOf(tree, 'scale') ?? numberOf(asMapping(tree.get('deploy')), 'replicas');
}

function readBuild(value: Value | undefined): Build | undefined {
  const map = asMapping(value);
  if (map === undefined) return undefined;
  const [context, dockerfile] = [textOf(map, 'context'), textOf(map, 'dockerfile')];
  const local =
    context?.value !== undefined && dockerfile?.value !== undefined && !/^(?:[a-z]+:\/\/|git@|github\.com\/)/.test(context.value);
  const inline = textOf(map, 'dockerfile_inline');
  return {
    context,
    dockerfile,
    dockerfileInline: inline,
    target: textOf(map, 'target'),
    args: locatedTexts(map.get('args')),
    file: local && inline === undefined ? joinPath(fileId(context.value), dockerfile.value) : undefined,
  };
}

function readEnvironment(tree: Mapping): ReadonlyMap<string, EnvironmentVariable> {
  const variables = new Map<string, EnvironmentVariable>();
  const own = tree.spans.map(({ file }) => file);
  for (const [name, entry] of asMapping(tree.get('environment'))?.entries ?? []) {
    if (!(entry.value instanceof Scalar)) continue;
    const value = locate(entry.value, entry.value.known ? entry.value.text : undefined, entry.key);
    variables.set(name, { name, nameSpan: entry.key, value, fromFile: !own.includes(entry.key.file) });
  }
  return variables;
}

function readHealthcheck(entry: Entry | undefined): Healthcheck | undefined {
  const map = asMapping(entry?.value);
  if (entry === undefined || map === undefined) return undefined;
  const test = readCommand(map.get('test'));
  return {
    disabled: booleanAt(map, 'disable')?.value === true || test?.words[0]?.value === 'NONE',
    test,
    interval: durationOf(map, 'interval'),
    timeout: durationOf(map, 'timeout'),
    startPeriod: durationOf(map, 'start_period'),
    startInterval: durationOf(map, 'start_interval'),
    retries: numberOf(map, 'retries'),
    span: entry.key,
  };
}

function readLogging(entry: Entry | undefined): Logging | undefined {
  const map = asMapping(entry?.value);
  if (entry === undefined || map === undefined) return undefined;
  return { driver: textOf(map, 'driver'), options: locatedTexts(map.get('options')), span: entry.key };
}

function readPorts(value: Value | undefined): readonly Port[] {
  return (asList(value)?.items ?? []).flatMap((item): Port[] => {
    const map = asMapping(item);
    const target = textOf(map, 'target');
    if (map === undefined || target === undefined) return [];
    const protocol = asScalar(map.get('protocol'))?.text ?? 'tcp';
    return [{ target, published: textOf(map, 'published'), hostIp: textOf(map, 'host_ip'), protocol, span: map.spans[0] }];
  });
}

function readDependencies(value: Value | undefined): readonly Dependency[] {
  return [...(asMapping(value)?.entries ?? [])].map(([name, { key, value: dependency }]) => {
    const map = asMapping(dependency);
    return {
      service: named(name, key, dependency),
      condition: textOf(map, 'condition'),
      required: booleanAt(map, 'required')?.value !== false,
    };
  });
}

function readNetworkNames(value: Value | undefined): readonly Located<string>[] {
  return [...(asMapping(value)?.entries ?? [])].map(([name, { key, value: network }]) => named(name, key, network));
}

/** A name that stands as a key. */
function named(name: string, key: Entry['key'], value: Value): Located<string> {
  const origins = [{ kind: 'written', span: key, text: name }] as const;
  return { value: name, text: name, spans: [key], origins: value instanceof Scalar && !isNull(value) ? value.origins : origins };
}

function sources(value: Value | undefined): readonly Located<string>[] {
  return (asList(value)?.items ?? []).flatMap((item) => {
    const source = textOf(asMapping(item), 'source');
    return source === undefined ? [] : [source];
  });
}
