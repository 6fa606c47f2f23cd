import { composeSize, type Bytes } from '../../../base/bytes.ts';
import type { FileId } from '../../../base/span.ts';
import { limitPath, limitStyle } from '../../documents/compose/limit-style.ts';
import type { Service, Stack } from '../../documents/compose/model.ts';
import { decidedHere } from '../../documents/compose/sharing.ts';
import { rewrite } from '../../documents/rewrite.ts';
import { setPath, type Edits } from '../../documents/yaml-edit.ts';
import { pairAt } from '../../documents/yaml-search.ts';
import type { YamlFile } from '../../documents/yaml-tree.ts';
import { writtenLimit } from '../stack-memory.ts';

/** How edits look at files as they are written. */
export type Files = (file: FileId) => YamlFile | undefined;

/** Whether all services that an anchor or a base service decides for get the same limit, or this one alone. */
export type Reach = 'all' | 'one';

/**
 * Gives the service that limit: at the place that decides it, in both places where it stands twice (Compose refuses
 * two that differ), else as a new key in the stack's own style.
 */
export function limitEdits(service: Service, limit: Bytes, stack: Pick<Stack, 'services'>, files: Files, reach: Reach): Edits {
  const written = [service.memory.limit, service.memory.deployLimit].filter((each) => each !== undefined);
  const alone = reach === 'all' || written.every((each) => decidedHere(stack, each.spans[0], writtenLimit).length <= 1);
  if (written.length > 0 && alone) {
    const edits = written.map((each) => (each.value === limit ? [] : rewrite(each, composeSize(limit))));
    return edits.every((each) => each !== undefined) ? edits.flat() : undefined;
  }
  const yaml = files(service.nameSpan.file);
  const node = yaml === undefined ? undefined : pairAt(yaml, service.nameSpan)?.value;
  if (yaml === undefined || node === undefined) return undefined;
  const path = limitPath(limitStyle(service, stack), 'limit');
  return setPath(yaml, node, path, composeSize(limit), { after: ['image', 'build', 'container_name', 'restart'] });
}
