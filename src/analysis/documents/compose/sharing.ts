import type { Span } from '../../../base/span.ts';
import type { YamlFile, YamlNode } from '../yaml-tree.ts';
import { pairOf } from '../yaml-tree.ts';
import type { Located } from '../located.ts';
import type { Service, Stack } from './model.ts';

/**
 * The services whose value is decided at this very place: an anchor's, a merge key's or a base service's. An edit
 * there changes all of them, so it is right only where all of them want the change.
 */
export function decidedHere(
  stack: Pick<Stack, 'services'>,
  place: Span,
  read: (service: Service) => Located<unknown> | undefined,
): readonly Service[] {
  return stack.services.filter((service) => {
    const span = read(service)?.spans[0];
    return span?.file === place.file && span.start === place.start && span.end === place.end;
  });
}

/** The services of this file that reach the node, directly or through aliases and merge keys. */
export function servicesReaching(file: YamlFile, node: YamlNode): readonly string[] {
  const services = file.documents.map(({ root }) => pairOf(root, 'services')?.value).find((value) => value !== undefined);
  if (services?.kind !== 'map') return [];
  return services.pairs.flatMap(({ key, value }) => (key.kind === 'scalar' && reaches(value, node) ? [key.text] : []));
}

function reaches(from: YamlNode, wanted: YamlNode): boolean {
  const seen = new Set<YamlNode>();
  const open: (YamlNode | undefined)[] = [from];
  while (open.length > 0) {
    const node = open.pop();
    if (node === undefined || seen.has(node)) continue;
    if (node === wanted) return true;
    seen.add(node);
    if (node.kind === 'alias') open.push(node.target);
    else if (node.kind === 'map') for (const { key, value } of node.pairs) open.push(key, value);
    else if (node.kind === 'list') open.push(...node.items);
  }
  return false;
}
