import { joinPath } from '../../../base/path.ts';
import type { FileId } from '../../../base/span.ts';
import type { Entry, Value } from './model.ts';
import type { Problems } from './problems.ts';
import { mayHoldPaths, type PathRule, type Shape } from './shape.ts';
import { project } from './shapes.ts';
import { text as words } from './text.ts';
import { asMapping, asScalar, List, Mapping, Scalar } from './value.ts';

interface PathScope {
  readonly folder: FileId;
  readonly home: string | undefined;
  readonly problems: Problems;
}

/** Makes every path of the tree absolute, starting from the folder of the file that it was written for. */
export function resolvePaths(model: Mapping, scope: PathScope): Mapping {
  const resolved = visit(model, project, scope);
  return resolved instanceof Mapping ? resolved : model;
}

function visit(value: Value, shape: Shape, scope: PathScope): Value {
  if (shape.path !== undefined) return resolve(value, shape.path, scope);
  if (value instanceof Mapping && shape.map !== undefined) {
    let changed: Map<string, Entry> | undefined;
    for (const [key, entry] of value.entries) {
      const child = shape.map.keys.get(key) ?? shape.map.others?.shape;
      if (child === undefined || !mayHoldPaths(child)) continue;
      const resolved = visit(entry.value, child, scope);
      if (resolved !== entry.value) (changed ??= new Map(value.entries)).set(key, { key: entry.key, value: resolved });
    }
    return changed === undefined ? value : new Mapping(changed, value.spans);
  }
  if (value instanceof List && shape.list?.holdsPaths === true) {
    const { items } = shape.list;
    return new List(
      value.items.map((item) => visit(item, items, scope)),
      value.spans,
    );
  }
  return value;
}

function resolve(value: Value, rule: PathRule, scope: PathScope): Value {
  switch (rule) {
    case 'file':
      return value instanceof Scalar ? absolute(value, scope, false) : value;
    case 'maybe-foreign':
      return value instanceof Scalar ? absolute(value, scope, true) : value;
    case 'context':
      return value instanceof Scalar && !isRemote(value.text) ? absolute(value, scope, false) : value;
    case 'mount':
      return mount(value, scope);
    case 'volume-options':
      return volumeOptions(value, scope);
  }
}

function mount(value: Value, scope: PathScope): Value {
  const map = asMapping(value);
  if (map === undefined || asScalar(map.get('type'))?.text !== 'bind') return value;
  const source = map.entries.get('source');
  if (source === undefined) {
    scope.problems.refuse('bind-source', map.spans[0], words.bindSource, { path: 'volumes' });
    return value;
  }
  return source.value instanceof Scalar
    ? map.with('source', { key: source.key, value: absolute(source.value, scope, true) })
    : value;
}

/** `driver: local` with `o: bind` is a bind mount in disguise. */
function volumeOptions(value: Value, scope: PathScope): Value {
  const map = asMapping(value);
  const options = map?.entries.get('driver_opts');
  const inner = asMapping(options?.value);
  const device = inner?.entries.get('device');
  if (map === undefined || options === undefined || inner === undefined || !(device?.value instanceof Scalar)) return value;
  if (asScalar(map.get('driver'))?.text !== 'local' || asScalar(inner.get('o'))?.text !== 'bind') return value;
  return map.with('driver_opts', {
    key: options.key,
    value: inner.with('device', { key: device.key, value: absolute(device.value, scope, true) }),
  });
}

function absolute(scalar: Scalar, { folder, home }: PathScope, windows: boolean): Scalar {
  const written = scalar.text;
  if (scalar.type !== 'string' || (written === '' && !windows)) return scalar;
  const path = written.startsWith('~') && home !== undefined ? `${home}/${written.slice(1)}` : written;
  if (windows && /^(?:[A-Za-z]:[\\/]|[\\/]{2}[^\\/.])/.test(path)) return scalar;
  // The tool cleans what it joins or expands, and leaves an absolute path as it was written.
  const text: string = path.startsWith('/') && path === written ? path : joinPath(folder, path);
  return text === written ? scalar : scalar.with({ text, value: text });
}

function isRemote(context: string): boolean {
  return context.includes('://') || /^(?:service:|github\.com\/|git@)/.test(context);
}
