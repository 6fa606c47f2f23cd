import type { Span } from '../../../base/span.ts';
import { mapServices, isTrue, withValue } from './complete.ts';
import type { Environment } from './environment.ts';
import type { Entry, Value } from './model.ts';
import { asList, asMapping, asScalar, derived, derivedBoolean, isNull, List, Mapping, Scalar } from './value.ts';
import { cleanTarget } from './volumes.ts';

/** What Compose adds once the whole project is known: the default network, implied dependencies, names of resources. */
export function normalise(model: Mapping, projectName: string, environment: Environment): Mapping {
  const services = mapServices(model, (service) => normaliseService(service, environment));
  return nameResources(addDefaultNetwork(services), projectName);
}

function normaliseService(service: Mapping, environment: Environment): Mapping {
  let result = service;
  if (asScalar(service.get('pull_policy'))?.text === 'if_not_present')
    result = put(result, 'pull_policy', derived(service, 'missing'));
  const build = service.entries.get('build');
  if (build?.value instanceof Mapping)
    result = result.with('build', { key: build.key, value: normaliseBuild(build.value, environment) });
  const variables = service.entries.get('environment');
  if (variables !== undefined)
    result = result.with('environment', { key: variables.key, value: named(variables.value, environment, true) });
  const volumes = service.entries.get('volumes');
  if (volumes?.value instanceof List) {
    const items = volumes.value.items.map(cleanMount);
    if (items.some((item, index) => item !== asList(volumes.value)?.items[index])) {
      result = result.with('volumes', { key: volumes.key, value: new List(items, volumes.value.spans) });
    }
  }
  return withReplicas(withDefaultConnection(impliedDependencies(result)));
}

function put(map: Mapping, key: string, value: Value): Mapping {
  return map.with(key, { key: map.entries.get(key)?.key ?? map.spans[0], value });
}

function normaliseBuild(build: Mapping, environment: Environment): Mapping {
  let result = build.entries.has('context') ? build : put(build, 'context', derived(build, '.'));
  if (!build.entries.has('dockerfile') && !build.entries.has('dockerfile_inline'))
    result = put(result, 'dockerfile', derived(build, 'Dockerfile'));
  const args = build.entries.get('args');
  return args === undefined ? result : result.with('args', { key: args.key, value: named(args.value, environment, false) });
}

/** Gives bare names their values; those without one stay empty or go. */
function named(value: Value, environment: Environment, keepEmpty: boolean): Value {
  if (value instanceof List) {
    const items = value.items.flatMap((item) => {
      if (!(item instanceof Scalar)) return [];
      const filled = withValue(item, environment);
      return keepEmpty || filled.text.includes('=') ? [filled] : [];
    });
    return new List(items, value.spans);
  }
  if (!(value instanceof Mapping)) return value;
  let changed: Map<string, Entry> | undefined;
  for (const [name, entry] of value.entries) {
    if (!isNull(entry.value)) continue;
    changed ??= new Map(value.entries);
    const found = environment.lookup(name);
    if (found !== undefined) {
      const origins = [{ kind: 'variable', name, span: entry.key } as const, ...found.origins];
      const text = derived(entry.value, found.value).with({ substitution: { origins, exactUntil: 0, unset: false } });
      changed.set(name, { key: entry.key, value: text });
    } else if (!keepEmpty) changed.delete(name);
  }
  return changed === undefined ? value : new Mapping(changed, value.spans);
}

function cleanMount(item: Value): Value {
  const target = asMapping(item)?.entries.get('target');
  if (!(item instanceof Mapping) || !(target?.value instanceof Scalar) || target.value.text === '') return item;
  const clean = cleanTarget(target.value);
  return clean === target.value ? item : item.with('target', { key: target.key, value: clean });
}

const NAMESPACES = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'] as const;

/** A link, a shared namespace or another's volumes: the other service has to be there first. */
function impliedDependencies(service: Mapping): Mapping {
  const before = asMapping(service.get('depends_on'));
  const implied = new Map<string, Entry>();
  const imply = (name: string, from: Scalar, restart: boolean) => {
    if (before?.entries.has(name) !== true && !implied.has(name))
      implied.set(name, { key: from.span, value: dependency(from, restart) });
  };
  for (const link of scalars(service.get('links'))) {
    const parts = link.text.split(':');
    imply(parts.length === 2 ? (parts[0] ?? '') : link.text, link, true);
  }
  for (const namespace of NAMESPACES) {
    const shared = asScalar(service.get(namespace));
    if (shared?.text.startsWith('service:') === true) imply(shared.text.slice('service:'.length), shared, true);
  }
  for (const volumes of scalars(service.get('volumes_from'))) {
    if (!volumes.text.startsWith('container:')) imply(volumes.text.split(':')[0] ?? '', volumes, false);
  }
  if (implied.size === 0) return service;
  const key: Span = service.entries.get('depends_on')?.key ?? service.spans[0];
  return service.with('depends_on', {
    key,
    value: new Mapping(new Map([...(before?.entries ?? []), ...implied]), before?.spans ?? service.spans),
  });
}

function dependency(from: Scalar, restart: boolean): Mapping {
  return new Mapping(
    new Map<string, Entry>([
      ['condition', { key: from.span, value: derived(from, 'service_started') }],
      ['restart', { key: from.span, value: derivedBoolean(from, restart) }],
      ['required', { key: from.span, value: derivedBoolean(from, true) }],
    ]),
    [from.span],
  );
}

function scalars(value: Value | undefined): readonly Scalar[] {
  return asList(value)?.items.filter((item) => item instanceof Scalar) ?? [];
}

/** `scale` is `deploy.replicas` by another name, and is copied there. */
function withReplicas(service: Mapping): Mapping {
  const scale = service.entries.get('scale');
  const deploy = service.entries.get('deploy');
  if (scale === undefined || !(deploy?.value instanceof Mapping) || deploy.value.entries.has('replicas')) return service;
  return service.with('deploy', { key: deploy.key, value: deploy.value.with('replicas', scale) });
}

function withDefaultConnection(service: Mapping): Mapping {
  if (service.entries.has('network_mode')) return service;
  const networks = service.entries.get('networks');
  if (networks !== undefined && !(networks.value instanceof Mapping && networks.value.entries.size === 0)) return service;
  const connection: Entry = { key: service.spans[0], value: derived(service, '').with({ type: 'null', value: null }) };
  return put(service, 'networks', new Mapping(new Map([['default', connection]]), service.spans));
}

function addDefaultNetwork(model: Mapping): Mapping {
  const services = [...(asMapping(model.get('services'))?.entries.values() ?? [])].map(({ value }) => asMapping(value));
  const user = services.find(
    (service) => !service?.entries.has('network_mode') && asMapping(service?.get('networks'))?.entries.has('default'),
  );
  const networks = asMapping(model.get('networks'));
  if (user === undefined || networks?.entries.has('default') === true) return model;
  const entry: Entry = { key: user.spans[0], value: derived(user, '').with({ type: 'null', value: null }) };
  return put(
    model,
    'networks',
    new Mapping(new Map([...(networks?.entries ?? []), ['default', entry]]), networks?.spans ?? user.spans),
  );
}

/** Resources are named after the project, so that two projects don't meet; external ones keep their own name. */
function nameResources(model: Mapping, projectName: string): Mapping {
  let result = model;
  for (const kind of ['networks', 'volumes', 'configs', 'secrets'] as const) {
    const entry = model.entries.get(kind);
    if (!(entry?.value instanceof Mapping)) continue;
    const entries = new Map<string, Entry>();
    for (const [name, { key, value }] of entry.value.entries) {
      const resource = value instanceof Mapping ? value : new Mapping(new Map(), [key]);
      const full = isTrue(resource.get('external')) ? name : `${projectName}_${name}`;
      const unnamed = !resource.entries.has('name') && (value instanceof Mapping || isNull(value));
      entries.set(name, { key, value: unnamed ? put(resource, 'name', derived(resource, full)) : value });
    }
    result = result.with(kind, { key: entry.key, value: new Mapping(entries, entry.value.spans) });
  }
  return result;
}
