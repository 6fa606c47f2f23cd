import type { Environment } from './environment.ts';
import type { LoadScope } from './load.ts';
import type { Entry, Value } from './model.ts';
import { resolvePaths } from './paths.ts';
import type { Problems } from './problems.ts';
import { text as words } from './text.ts';
import { asList, asMapping, asScalar, derived, isNull, List, Mapping, Scalar, spansOf } from './value.ts';

/** What Compose adds to a merged model before it looks at it as a project: defaults, absolute paths, values of bare names. */
export function completeModel(model: Mapping, scope: LoadScope): Mapping {
  checkResources(model, scope.problems);
  const withDefaults = mapServices(model, (service) => defaults(service, scope.problems));
  return mapServices(resolvePaths(withDefaults, scope), (service) => bareNames(service, scope.environment));
}

export function mapServices(model: Mapping, change: (service: Mapping, name: string) => Mapping): Mapping {
  const entry = model.entries.get('services');
  if (!(entry?.value instanceof Mapping)) return model;
  const entries = new Map<string, Entry>();
  for (const [name, { key, value }] of entry.value.entries) {
    entries.set(name, { key, value: value instanceof Mapping ? change(value, name) : value });
  }
  return model.with('services', { key: entry.key, value: new Mapping(entries, entry.value.spans) });
}

function defaults(service: Mapping, problems: Problems): Mapping {
  let result = service;
  const build = service.entries.get('build');
  if (build?.value instanceof Mapping && !build.value.entries.has('context')) {
    result = result.with('build', { key: build.key, value: fill(build.value, 'context', '.') });
  }
  result = mapItems(result, 'secrets', (item) =>
    fill(item, 'target', `/run/secrets/${asScalar(item.get('source'))?.text ?? ''}`),
  );
  result = mapItems(result, 'ports', (item) => fill(fill(item, 'protocol', 'tcp'), 'mode', 'ingress'));
  result = mapItems(result, 'gpus', (item) => counted(item, problems));
  return mapReservedDevices(result, (item) => counted(item, problems));
}

function fill(map: Mapping, key: string, text: string): Mapping {
  if (map.entries.has(key)) return map;
  const [span] = map.spans;
  return map.with(key, { key: span, value: derived(map, text) });
}

function counted(device: Mapping, problems: Problems): Mapping {
  const [count, ids] = [device.entries.get('count'), device.entries.get('device_ids')];
  if (count === undefined && ids === undefined) return fill(device, 'count', 'all');
  if (count !== undefined && ids !== undefined) {
    problems.refuse('exclusive-keys', count.key, words.exclusiveKeys, { path: 'devices', keys: 'count, device_ids' });
  }
  return device;
}

function mapItems(map: Mapping, key: string, change: (item: Mapping) => Mapping): Mapping {
  const entry = map.entries.get(key);
  if (!(entry?.value instanceof List)) return map;
  const before = entry.value.items;
  const items = before.map((item) => (item instanceof Mapping ? change(item) : item));
  if (items.every((item, index) => item === before[index])) return map;
  return map.with(key, { key: entry.key, value: new List(items, entry.value.spans) });
}

function mapReservedDevices(service: Mapping, change: (item: Mapping) => Mapping): Mapping {
  const deploy = service.entries.get('deploy');
  const resources = asMapping(deploy?.value)?.entries.get('resources');
  const reservations = asMapping(resources?.value)?.entries.get('reservations');
  if (!(deploy?.value instanceof Mapping) || !(resources?.value instanceof Mapping) || !(reservations?.value instanceof Mapping))
    return service;
  const changed = mapItems(reservations.value, 'devices', change);
  if (changed === reservations.value) return service;
  const outer = resources.value.with('reservations', { key: reservations.key, value: changed });
  return service.with('deploy', { key: deploy.key, value: deploy.value.with('resources', { key: resources.key, value: outer }) });
}

/** `- NAME` takes its value from the environment of the file that it stands in. */
function bareNames(service: Mapping, environment: Environment): Mapping {
  const entry = service.entries.get('environment');
  const list = asList(entry?.value);
  if (entry === undefined || list === undefined) return service;
  const items = list.items.map((item) => (item instanceof Scalar ? withValue(item, environment) : item));
  if (items.every((item, index) => item === list.items[index])) return service;
  return service.with('environment', { key: entry.key, value: new List(items, list.spans) });
}

export function withValue(item: Scalar, environment: Environment): Scalar {
  if (item.text.includes('=')) return item;
  const found = environment.lookup(item.text);
  if (found === undefined) return item;
  const origins = [{ kind: 'variable', name: item.text, span: item.span } as const, ...found.origins];
  const substitution = { origins, exactUntil: 0, unset: false };
  const value = derived(item, found.value).with({ substitution });
  const key = item.pair?.key ?? item.span;
  return derived(item, `${item.text}=${found.value}`).with({ substitution, pair: { name: item.text, key, value } });
}

function checkResources(model: Mapping, problems: Problems): void {
  eachOf(model, 'volumes', (volume, path) => {
    if (!isTrue(volume.get('external'))) return;
    for (const [key, entry] of volume.entries) {
      if (key !== 'name' && key !== 'external' && !key.startsWith('x-'))
        problems.refuse('external-conflict', entry.key, words.externalConflict, { path, key });
    }
  });
  eachOf(model, 'configs', (config, path) => {
    checkSource(config, path, ['file', 'environment', 'content'], problems);
  });
  eachOf(model, 'secrets', (secret, path) => {
    checkSource(secret, path, ['file', 'environment'], problems);
  });
}

function eachOf(model: Mapping, kind: string, look: (resource: Mapping, path: string) => void): void {
  for (const [name, { value }] of asMapping(model.get(kind))?.entries ?? []) {
    if (value instanceof Mapping) look(value, `${kind}.${name}`);
  }
}

function checkSource(map: Mapping, path: string, keys: readonly string[], problems: Problems): void {
  const set = keys.filter((key) => map.entries.has(key));
  const data = { path, keys: keys.join(', ') };
  if (set.length > 1) problems.refuse('exclusive-keys', spansOf(map)[0], words.exclusiveKeys, data);
  else if (set.length === 0 && !map.entries.has('driver') && !map.entries.has('external')) {
    problems.refuse('source-missing', spansOf(map)[0], words.sourceMissing, data);
  }
}

export function isTrue(value: Value | undefined): boolean {
  return (
    value instanceof Scalar &&
    !isNull(value) &&
    (value.value === true || ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value.text))
  );
}
