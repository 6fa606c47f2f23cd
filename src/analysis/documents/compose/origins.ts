import type { Origin } from '../located.ts';
import type { Stack, Value } from './model.ts';

/** Where every value of the active services and of the resources came from, by its path in the resolved project. */
export function stackOrigins({ services, tree }: Stack): ReadonlyMap<string, readonly Origin[]> {
  const found = new Map<string, readonly Origin[]>();
  const inactive = new Set(services.filter(({ active }) => !active).map(({ name }) => name));
  for (const [key, { value }] of tree.entries) {
    if (key !== 'services') collect(value, key, found);
    else if (value.kind === 'map') {
      for (const [name, entry] of value.entries) if (!inactive.has(name)) collect(entry.value, `services.${name}`, found);
    }
  }
  return found;
}

function collect(value: Value, path: string, found: Map<string, readonly Origin[]>): void {
  if (value.kind === 'scalar') {
    const { origins } = value.located;
    const [first] = origins;
    // What Compose adds by itself stands nowhere.
    if (first !== undefined && !(first.kind === 'written' && first.text === '')) found.set(path, origins);
  } else if (value.kind === 'list')
    for (const [index, item] of value.items.entries()) collect(item, `${path}.${String(index)}`, found);
  else for (const [key, entry] of value.entries) collect(entry.value, `${path}.${key}`, found);
}
