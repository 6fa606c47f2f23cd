import type { CheckScope } from './check.ts';
import { text as words } from './text.ts';
import { asMapping } from './value.ts';

/** Services that wait for one another. One circle is reported; untying it shows the next. */
export function findCycle({ active, problems }: CheckScope): void {
  const done = new Set<string>();
  for (const start of active.keys()) {
    const circle = walk(start, active, done);
    if (circle === undefined) continue;
    const [first = ''] = circle;
    const service = active.get(first);
    const key = asMapping(service?.get('depends_on'))?.entries.get(circle[1] ?? '')?.key ?? service?.spans[0];
    if (key !== undefined) problems.refuse('dependency-cycle', key, words.dependencyCycle, { path: circle.join(' → ') });
    return;
  }
}

/** Depth first with a stack of its own: a chain may be as long as the file has services. */
function walk(start: string, active: CheckScope['active'], done: Set<string>): readonly string[] | undefined {
  const path: string[] = [];
  const pending: (readonly string[])[] = [[start]];
  while (pending.length > 0) {
    const [name, ...others] = pending.pop() ?? [];
    if (name === undefined) {
      const finished = path.pop();
      if (finished !== undefined) done.add(finished);
      continue;
    }
    pending.push(others);
    const at = path.indexOf(name);
    if (at >= 0) return [...path.slice(at), name];
    const service = active.get(name);
    if (service === undefined || done.has(name)) continue;
    path.push(name);
    pending.push([...(asMapping(service.get('depends_on'))?.entries.keys() ?? [])]);
  }
  return undefined;
}
