import type { Span } from '../../../base/span.ts';
import type { Entry, Value } from './model.ts';
import { longPorts, templatePort } from './ports.ts';
import type { Refiner } from './refine.ts';
import type { CanonicalRule } from './shape.ts';
import { text as words } from './text.ts';
import { asScalar, derived, derivedBoolean, List, Mapping, Scalar, spansOf } from './value.ts';
import { longVolume, parseVolume } from './volumes.ts';

/** Short forms into long ones. What can't be read is reported and stays short. */
export function canonical(value: Value, rule: CanonicalRule, refiner: Refiner): Value {
  switch (rule) {
    case 'build':
      return value instanceof Scalar ? single(value, 'context') : value;
    case 'extends':
      return value instanceof Scalar ? single(value, 'service') : value;
    case 'mount':
      return value instanceof Scalar ? single(value, 'source') : value;
    case 'string-list':
      return value instanceof Scalar ? new List([value], [value.span]) : withoutEmpty(value);
    case 'gpus':
      return value instanceof Scalar ? new List([single(derived(value, 'all'), 'count', value.span)], [value.span]) : value;
    case 'dependencies':
      return dependencies(value);
    case 'networks':
      return value instanceof List ? keyed(value, (item) => derived(item, '').with({ type: 'null', value: null })) : value;
    case 'env-files':
      return envFiles(value);
    case 'contexts':
      return value instanceof List ? pairs(value, refiner) : value;
    case 'ssh':
      return value instanceof List ? sshKeys(value, refiner) : value;
    case 'ports':
      return value instanceof List ? ports(value, refiner) : value;
    case 'volume':
      return volume(value, refiner);
    case 'device':
      return device(value, refiner);
    case 'external':
      return external(value, refiner);
    case 'ulimit':
      if (value instanceof Scalar && value.type !== 'int')
        refiner.problems.refuse('bad-number', value.span, words.badNumber, { path: refiner.where, text: value.text });
      return value;
  }
}

function single(value: Value, key: string, span: Span = spansOf(value)[0]): Mapping {
  return new Mapping(new Map([[key, { key: span, value }]]), [span]);
}

/** The tool drops empty entries of `dns`, which unset variables leave. */
function withoutEmpty(value: Value): Value {
  if (!(value instanceof List)) return value;
  const items = value.items.filter((item) => !(item instanceof Scalar && item.text === ''));
  return items.length === value.items.length ? value : new List(items, value.spans);
}

function keyed(list: List, make: (item: Scalar) => Value): Mapping {
  const entries = new Map<string, Entry>();
  for (const item of list.items) {
    if (item instanceof Scalar) entries.set(item.text, { key: item.span, value: make(item) });
  }
  return new Mapping(entries, list.spans);
}

function started(item: Value): Mapping {
  const [span] = spansOf(item);
  return new Mapping(
    new Map<string, Entry>([
      ['condition', { key: span, value: derived(item, 'service_started') }],
      ['required', { key: span, value: derivedBoolean(item, true) }],
    ]),
    [span],
  );
}

export function dependencies(value: Value): Value {
  if (value instanceof List) return keyed(value, started);
  if (!(value instanceof Mapping)) return value;
  let changed = value;
  for (const [name, { key, value: dependency }] of value.entries) {
    if (!(dependency instanceof Mapping)) continue;
    const missing = [...started(dependency).entries].filter(([word]) => !dependency.entries.has(word));
    if (missing.length === 0) continue;
    changed = changed.with(name, { key, value: new Mapping(new Map([...dependency.entries, ...missing]), dependency.spans) });
  }
  return changed;
}

function envFiles(value: Value): Value {
  if (value instanceof Scalar) return new List([envFile(value)], [value.span]);
  return value instanceof List ? new List(value.items.map(envFile), value.spans) : value;
}

function envFile(value: Value): Value {
  const long = value instanceof Scalar ? single(value, 'path') : value;
  if (!(long instanceof Mapping) || long.entries.has('required')) return long;
  return long.with('required', { key: long.spans[0], value: derivedBoolean(value, true) });
}

function pairs(list: List, refiner: Refiner): Mapping {
  const entries = new Map<string, Entry>();
  for (const item of list.items) {
    const scalar = asScalar(item);
    if (scalar === undefined) continue;
    const cut = scalar.text.indexOf('=');
    if (cut < 0) refiner.problems.refuse('bad-pair', scalar.span, words.badPair, { text: scalar.text });
    else entries.set(scalar.text.slice(0, cut), { key: scalar.inner(0, cut), value: scalar.part(cut + 1, scalar.text.length) });
  }
  return new Mapping(entries, list.spans);
}

function sshKeys(list: List, refiner: Refiner): Mapping {
  const entries = new Map<string, Entry>();
  for (const item of list.items) {
    const scalar = asScalar(item);
    if (scalar === undefined) continue;
    const cut = scalar.text.indexOf('=');
    if (cut >= 0)
      entries.set(scalar.text.slice(0, cut), { key: scalar.inner(0, cut), value: scalar.part(cut + 1, scalar.text.length) });
    else if (scalar.text === 'default')
      entries.set('default', { key: scalar.span, value: derived(scalar, '').with({ type: 'null', value: null }) });
    else refiner.problems.refuse('bad-ssh', scalar.span, words.badSsh, { text: scalar.text });
  }
  return new Mapping(entries, list.spans);
}

function ports(list: List, refiner: Refiner): List {
  const items: Value[] = [];
  for (const item of list.items) {
    if (item instanceof Mapping && !item.entries.has('target')) {
      refiner.problems.refuse('missing-target', item.spans[0], words.missingTarget, { path: refiner.where });
    }
    const long = item instanceof Scalar && item.type !== 'null' ? longPorts(item, refiner.portsLeft) : undefined;
    if (long?.ok === true) {
      refiner.portsLeft -= long.ports.length;
      items.push(...long.ports);
    } else items.push((item instanceof Scalar ? templatePort(item) : undefined) ?? item);
    if (long?.ok === false && item instanceof Scalar) refuse(item, refiner, 'bad-port', words.badPort, long.error);
  }
  return new List(items, list.spans);
}

function volume(value: Value, refiner: Refiner): Value {
  if (value instanceof Mapping) {
    if (!value.entries.has('target'))
      refiner.problems.refuse('missing-target', value.spans[0], words.missingTarget, { path: refiner.where });
    return value;
  }
  if (!(value instanceof Scalar) || value.type !== 'string') return value;
  const parts = parseVolume(value);
  if (parts.error === undefined) return longVolume(value, parts);
  refuse(value, refiner, 'bad-volume', words.badVolume, parts.error);
  return value;
}

function device(value: Value, refiner: Refiner): Value {
  if (value instanceof Mapping) {
    if (!value.entries.has('target'))
      refiner.problems.refuse('missing-target', value.spans[0], words.missingTarget, { path: refiner.where });
    return value;
  }
  if (!(value instanceof Scalar)) return value;
  const found = value.text.split(':');
  if (found.length > 3) {
    refuse(value, refiner, 'bad-device', words.badDevice, '');
    return value;
  }
  const [source = '', target = '', permissions = 'rwm'] = found;
  const inside = target === '' ? value.part(0, source.length) : value.part(source.length + 1, source.length + 1 + target.length);
  const rights =
    found.length < 3 ? derived(value, permissions) : value.part(value.text.length - permissions.length, value.text.length);
  return new Mapping(
    new Map<string, Entry>([
      ['source', { key: value.span, value: value.part(0, source.length) }],
      ['target', { key: value.span, value: inside }],
      ['permissions', { key: value.span, value: rights }],
    ]),
    [value.span],
  );
}

/** `external: {name: x}` is the old way to write `external: true` and `name: x`. */
function external(value: Value, refiner: Refiner): Value {
  if (!(value instanceof Mapping)) return value;
  const entry = value.entries.get('external');
  if (!(entry?.value instanceof Mapping)) return value;
  const flagged = value.with('external', { key: entry.key, value: derivedBoolean(entry.value, true) });
  const old = entry.value.entries.get('name');
  const name = value.entries.get('name');
  if (old === undefined) return flagged;
  if (name === undefined) return flagged.with('name', old);
  if (asScalar(old.value)?.text !== asScalar(name.value)?.text) {
    refiner.problems.refuse('name-conflict', name.key, words.nameConflict, { path: refiner.where });
  }
  return flagged;
}

function refuse(value: Scalar, refiner: Refiner, code: string, template: string, reason: string): void {
  const { text, span } = value;
  if (/[{}<>%]/.test(text)) refiner.problems.refuse('placeholder', span, words.placeholder, { text });
  else refiner.problems.refuse(code, span, template, { text, reason });
}
