import { composeSize, type Bytes } from '../../../base/bytes.ts';
import type { TextEdit } from '../../../base/edit.ts';
import type { FileId } from '../../../base/span.ts';
import type { Service } from '../../documents/compose/model.ts';
import { rewrite } from '../../documents/rewrite.ts';
import { setPath, type Edits } from '../../documents/yaml-edit.ts';
import { pairAt } from '../../documents/yaml-search.ts';
import type { YamlFile } from '../../documents/yaml-tree.ts';
import { writtenLimit } from '../stack-memory.ts';
import type { ServiceFit, StackFit } from './fit.ts';
import { settingEdits } from './setting-edits.ts';

/** How edits look at files as they are written. */
export type Files = (file: FileId) => YamlFile | undefined;

/**
 * One edit for the whole fit: every limit, and every setting that was turned down for it. Undefined where one of
 * them can't be written: half a fit would not fit.
 */
export function fitEdits(fit: Extract<StackFit, { fits: true }>, files: Files): readonly TextEdit[] | undefined {
  const all = fit.services.map((each) => editsOf(each, files));
  return all.every((edits) => edits !== undefined) ? all.flat() : undefined;
}

function editsOf({ memory: { service }, limit, changes }: ServiceFit, files: Files): Edits {
  const yaml = files(service.nameSpan.file);
  if (yaml === undefined) return undefined;
  const settings = changes.length === 0 ? [] : settingEdits(yaml, service, changes);
  const limits = limitEdits(service, limit, files);
  const swap = swapEdits(service, limit);
  return settings === undefined || limits === undefined || swap === undefined ? undefined : [...settings, ...limits, ...swap];
}

/** The limit at the place that decides it; where none is set, in the form that the service allows. */
export function limitEdits(service: Service, limit: Bytes, files: Files): Edits {
  const written = writtenLimit(service);
  if (written?.value === limit) return [];
  const size = composeSize(limit);
  if (written !== undefined) return rewrite(written, size);
  const yaml = files(service.nameSpan.file);
  const node = yaml === undefined ? undefined : pairAt(yaml, service.nameSpan)?.value;
  if (yaml === undefined || node === undefined) return undefined;
  // Beside a `deploy.resources.limits` without memory, Compose would refuse `mem_limit`.
  const path = service.memory.deployLimits === undefined ? ['mem_limit'] : ['deploy', 'resources', 'limits', 'memory'];
  // Whoever repeats this service gets a limit of its own in the same fit.
  return setPath(yaml, node, path, size, { after: ['image', 'build', 'container_name', 'restart'], shared: true });
}

/** Docker refuses a memswap_limit under the limit: one that would be rises with it; larger ones stay. */
function swapEdits({ memory }: Service, limit: Bytes): Edits {
  const swap = memory.swapLimit;
  if (swap?.value === undefined || swap.value <= 0 || swap.value >= limit) return [];
  return rewrite(swap, composeSize(limit));
}
