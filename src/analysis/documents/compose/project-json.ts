import { asPrinted } from './used-resources.ts';
import type { Stack } from './model.ts';
import { print, raw, type Json } from './print.ts';
import { Problems } from './problems.ts';
import { project } from './shapes.ts';
import { Mapping } from './value.ts';

/**
 * The stack in the shape of `docker compose config --format json`: active services, the resources that they use,
 * extensions. Dollar signs are single here; the tool doubles them so that its answer could be read again.
 */
export function projectJson(stack: Stack): Readonly<Record<string, Json>> {
  const tree = stack.tree instanceof Mapping ? stack.tree : new Mapping(new Map(), [stack.anchor]);
  const scope = { problems: new Problems(), path: [] };
  const printed = print(tree, project, scope);
  const all: Readonly<Record<string, Json>> = isRecord(printed) ? printed : {};
  const used = asPrinted(stack);
  const json: Record<string, Json> = { name: stack.name?.text ?? '' };
  for (const kind of ['networks', 'services', 'volumes', 'secrets', 'configs'] as const) {
    const resources = all[kind];
    const kept = isRecord(resources) ? Object.entries(resources).filter(([name]) => used[kind].has(name)) : [];
    if (kept.length > 0 || kind === 'services') json[kind] = Object.fromEntries(kept);
  }
  for (const [key, { value }] of tree.entries) if (key.startsWith('x-')) json[key] = raw(value);
  return json;
}

function isRecord(json: Json | undefined): json is Readonly<Record<string, Json>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** The first service whose build the tool accepts and cannot print: an SSH key with a path breaks its JSON. */
export function unprintableService({ services }: Stack): string | undefined {
  return services.find(({ active, tree }) => {
    const build = tree.entries.get('build')?.value;
    const keys = build?.kind === 'map' ? build.entries.get('ssh')?.value : undefined;
    return (
      active &&
      keys?.kind === 'map' &&
      [...keys.entries.values()].some(({ value }) => value.kind === 'scalar' && value.value !== null)
    );
  })?.name;
}
