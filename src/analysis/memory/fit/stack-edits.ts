import { composeSize, type Bytes } from '../../../base/bytes.ts';
import { conflicts, type TextEdit } from '../../../base/edit.ts';
import type { Service } from '../../documents/compose/model.ts';
import { rewrite } from '../../documents/rewrite.ts';
import type { Edits } from '../../documents/yaml-edit.ts';
import type { ServiceFit, StackFit } from './fit.ts';
import { limitEdits, type Files } from './limit-edits.ts';
import { settingEdits } from './setting-edits.ts';

/**
 * One edit for the whole fit: every limit, and every setting that was turned down for it. Undefined where one of
 * them can't be written: half a fit would not fit.
 */
export function fitEdits(fit: Extract<StackFit, { fits: true }>, files: Files): readonly TextEdit[] | undefined {
  const services = fit.services.map(({ memory }) => memory.service);
  const all = fit.services.map((each) => editsOf(each, services, files));
  return all.every((edits) => edits !== undefined) ? together(all.flat()) : undefined;
}

/** Where an anchor decides for several services, they must want the same; else one edit would undo another. */
function together(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const distinct = edits.filter((edit, at) => !edits.slice(0, at).some((other) => isSame(edit, other)));
  const fight = distinct.some((edit, at) => distinct.slice(at + 1).some((other) => conflicts(edit, other)));
  return fight ? undefined : distinct;
}

function isSame(one: TextEdit, other: TextEdit): boolean {
  return (
    conflicts(one, other) && one.span.start === other.span.start && one.span.end === other.span.end && one.text === other.text
  );
}

function editsOf({ memory: { service }, limit, changes }: ServiceFit, services: readonly Service[], files: Files): Edits {
  const yaml = files(service.nameSpan.file);
  if (yaml === undefined) return undefined;
  const settings = changes.length === 0 ? [] : settingEdits(yaml, service, changes);
  const limits = limitEdits(service, limit, { services }, files, 'all');
  const swap = swapEdits(service, limit);
  return settings === undefined || limits === undefined || swap === undefined ? undefined : [...settings, ...limits, ...swap];
}

/** Docker refuses a memswap_limit under the limit: one that would be rises with it; larger ones stay. */
function swapEdits({ memory }: Service, limit: Bytes): Edits {
  const swap = memory.swapLimit;
  if (swap?.value === undefined || swap.value <= 0 || swap.value >= limit) return [];
  return rewrite(swap, composeSize(limit));
}
