import type { Span } from '../../../base/span.ts';
import type { Entry, Value } from './model.ts';
import { findCycle } from './cycle.ts';
import type { Problems } from './problems.ts';
import { parseSize } from '../../../base/bytes.ts';
import { float32 } from './go-format.ts';
import { text as words } from './text.ts';
import { asList, asMapping, asScalar, isNull, List, Mapping, Scalar } from './value.ts';

export interface CheckScope {
  readonly model: Mapping;
  /** Services that the profiles switch on, and those that they leave out. */
  readonly active: ReadonlyMap<string, Mapping>;
  readonly inactive: ReadonlySet<string>;
  readonly problems: Problems;
}

/** What Compose finds out only when it looks at the project as a whole. */
export function checkProject(scope: CheckScope): void {
  for (const [name, service] of scope.active) {
    checkSource(name, service, scope);
    checkReferences(name, service, scope);
    checkSettings(name, service, scope);
  }
  for (const [name, { key, value }] of entriesOf(scope.model, 'secrets')) {
    const secret = asMapping(value);
    const sourced = textAt(secret, 'file') !== '' || textAt(secret, 'environment') !== '';
    if (!sourced && asScalar(secret?.get('external'))?.value !== true)
      scope.problems.refuse('secret-source', key, words.secretSource, { name });
  }
  findCycle(scope);
}

function checkSource(name: string, service: Mapping, { problems, active }: CheckScope): void {
  const span = service.spans[0];
  const build = asMapping(service.get('build'));
  if (build === undefined) {
    if (textAt(service, 'image') === '' && !service.entries.has('build'))
      problems.refuse('no-image', keyOf(service, 'image') ?? span, words.noImage, { service: name });
    return;
  }
  if (textAt(build, 'dockerfile') !== '' && textAt(build, 'dockerfile_inline') !== '') {
    problems.refuse('dockerfile-twice', keyOf(build, 'dockerfile_inline') ?? span, words.dockerfileTwice, { service: name });
  }
  for (const [key, context] of namedTexts(build.get('additional_contexts'))) {
    if (!context.text.startsWith('service:')) continue;
    const target = context.text.slice('service:'.length);
    if (active.get(target)?.entries.has('build') !== true) {
      problems.refuse('unknown-context', context.span, words.unknownContext, { service: name, name: target, path: key });
    }
  }
  const platforms = textsOf(build.get('platforms'));
  const platform = asScalar(service.get('platform'));
  if (
    platform !== undefined &&
    platform.text !== '' &&
    platforms.length > 0 &&
    !platforms.some(({ text }) => text === platform.text)
  ) {
    problems.refuse('platform-not-built', platform.span, words.platformNotBuilt, { platform: platform.text });
  }
}

function checkReferences(name: string, service: Mapping, scope: CheckScope): void {
  const { model, active, inactive, problems } = scope;
  const refer = (kind: string, target: string, known: boolean, span: Span) => {
    if (!known) problems.refuse('undefined-reference', span, words.undefinedReference, { service: name, kind, name: target });
  };
  const has = (kind: string, target: string) => asMapping(model.get(kind))?.entries.has(target) === true;
  for (const [network, { key }] of entriesOf(service, 'networks')) refer('network', network, has('networks', network), key);
  for (const [target, { key, value }] of entriesOf(service, 'depends_on')) {
    const optional = asScalar(asMapping(value)?.get('required'))?.value === false;
    refer('service', target, active.has(target) || (optional && inactive.has(target)), key);
  }
  const mode = asScalar(service.get('network_mode'));
  if (mode?.text.startsWith('service:') === true) refer('service', mode.text.slice(8), active.has(mode.text.slice(8)), mode.span);
  for (const item of asList(service.get('volumes'))?.items ?? []) {
    const [type, source] = [asScalar(asMapping(item)?.get('type')), asScalar(asMapping(item)?.get('source'))];
    if (type?.text === 'volume' && source !== undefined && source.text !== '')
      refer('volume', source.text, has('volumes', source.text), source.span);
  }
  const mounts: readonly (readonly [string, Value | undefined])[] = [
    ['configs', service.get('configs')],
    ['secrets', service.get('secrets')],
    ['secrets', asMapping(service.get('build'))?.get('secrets')],
  ];
  for (const [kind, list] of mounts) {
    for (const item of asList(list)?.items ?? []) {
      const source = asScalar(asMapping(item)?.get('source'));
      const target = source?.text ?? '';
      if (item instanceof Mapping) refer(kind.slice(0, -1), target, has(kind, target), source?.span ?? item.spans[0]);
    }
  }
}

function checkSettings(name: string, service: Mapping, { problems }: CheckScope): void {
  const mode = asScalar(service.get('network_mode'));
  if (mode !== undefined && mode.text !== '' && entriesOf(service, 'networks').length > 0) {
    problems.refuse('network-mode-and-networks', mode.span, words.networkModeAndNetworks, { service: name });
  }
  const test = asMapping(service.get('healthcheck'))?.get('test');
  const [first] = asList(test)?.items ?? [];
  if (first instanceof Scalar && !['CMD', 'CMD-SHELL', 'NONE'].includes(first.text))
    problems.refuse('bad-health-test', first.span, words.badHealthTest);
  checkPairs(name, service, problems);
  for (const item of asList(asMapping(service.get('develop'))?.get('watch'))?.items ?? []) {
    const watch = asMapping(item);
    const action = textAt(watch, 'action');
    if (watch !== undefined && textAt(watch, 'target') === '' && action !== 'rebuild' && action !== 'restart') {
      problems.refuse('watch-target', watch.spans[0], words.watchTarget);
    }
  }
}

interface Twin {
  readonly one: string;
  readonly other: readonly string[];
  readonly read: (scalar: Scalar) => number;
}

const TWINS: readonly Twin[] = [
  { one: 'cpus', other: ['limits', 'cpus'], read: fraction },
  { one: 'mem_limit', other: ['limits', 'memory'], read: bytes },
  { one: 'mem_reservation', other: ['reservations', 'memory'], read: bytes },
  { one: 'pids_limit', other: ['limits', 'pids'], read: fraction },
];

/**
 * A setting that can be made in two places must be the same in both. The mere presence of `deploy.resources.limits`
 * counts as zero for each of its keys, so limits with `cpus` alone contradict a `mem_limit`.
 */
function checkPairs(name: string, service: Mapping, problems: Problems): void {
  const deploy = asMapping(service.get('deploy'));
  const scale = asScalar(service.get('scale'));
  const replicas = asScalar(deploy?.get('replicas'));
  const differ = (one: Scalar, other: string) => {
    problems.refuse('distinct-values', one.span, words.distinctValues, { service: name, one: keyText(service, one), other });
  };
  if (scale !== undefined && replicas !== undefined && !isNull(replicas) && scale.value !== replicas.value)
    differ(scale, 'deploy.replicas');
  const resources = asMapping(deploy?.get('resources'));
  for (const { one, other, read } of TWINS) {
    const [group = '', key = ''] = other;
    const scalar = asScalar(service.get(one));
    const settings = resources?.get(group);
    if (scalar === undefined || read(scalar) === 0 || !(settings instanceof Mapping)) continue;
    const twin = asScalar(settings.get(key));
    const difference = read(scalar) - (twin === undefined ? 0 : read(twin));
    // What neither can be read says nothing; that it can't be read was said already.
    if (difference !== 0 && !Number.isNaN(difference)) differ(scalar, `deploy.resources.${group}.${key}`);
  }
  const count = scale?.value ?? replicas?.value;
  const container = asScalar(service.get('container_name'));
  if (typeof count === 'number' && count > 1 && container !== undefined && container.text !== '') {
    problems.refuse('container-name-twice', container.span, words.containerNameTwice, { service: name });
  }
}

function keyText(service: Mapping, scalar: Scalar): string {
  return [...service.entries].find(([, { value }]) => value === scalar)?.[0] ?? '';
}

function bytes(scalar: Scalar): number {
  // What no signed number holds is dropped without a word.
  if (scalar.type === 'int') return Number(scalar.value) < 2 ** 63 ? Number(scalar.value) : 0;
  if (scalar.type !== 'string') return 0;
  const parsed = parseSize(scalar.text);
  return parsed.ok ? parsed.value : NaN;
}

function fraction(scalar: Scalar): number {
  return float32(typeof scalar.value === 'number' ? scalar.value : Number(scalar.text));
}

function entriesOf(map: Mapping, key: string): readonly [string, Entry][] {
  return [...(asMapping(map.get(key))?.entries ?? [])];
}

function keyOf(map: Mapping, key: string): Span | undefined {
  return map.entries.get(key)?.key;
}

function textAt(map: Mapping | undefined, key: string): string {
  return asScalar(map?.get(key))?.text ?? '';
}

function textsOf(value: Value | undefined): readonly Scalar[] {
  return asList(value)?.items.filter((item) => item instanceof Scalar) ?? [];
}

function namedTexts(value: Value | undefined): readonly [string, Scalar][] {
  if (value instanceof List) {
    return textsOf(value).map((item) => {
      const cut = item.text.indexOf('=');
      return [item.text.slice(0, cut), item.part(cut + 1, item.text.length)];
    });
  }
  return [...(asMapping(value)?.entries ?? [])].flatMap(([key, entry]): [string, Scalar][] =>
    entry.value instanceof Scalar ? [[key, entry.value]] : [],
  );
}
