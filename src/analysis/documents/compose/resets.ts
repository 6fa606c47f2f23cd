import type { Entry } from './model.ts';
import { Mapping } from './value.ts';

/** The tree without the keys that `!reset` and `!override` of a later file name. A `*` as a key matches any. */
export function withoutPaths(tree: Mapping, paths: readonly (readonly string[])[]): Mapping {
  if (paths.length === 0) return tree;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries) {
    const below = paths.filter(([first]) => first === key || first === '*').map(([, ...rest]) => rest);
    if (below.some((path) => path.length === 0)) continue;
    entries.set(
      key,
      below.length > 0 && entry.value instanceof Mapping ? { key: entry.key, value: withoutPaths(entry.value, below) } : entry,
    );
  }
  return new Mapping(entries, tree.spans);
}
