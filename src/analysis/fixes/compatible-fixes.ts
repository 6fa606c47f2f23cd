import { conflicts } from '../../base/edit.ts';
import type { Finding, Fix } from '../rules/rule.ts';

/**
 * One fix for each finding, earlier places first, leaving out what would meet an edit already taken: applied
 * together they can't spoil one another, and the next run finds what was left.
 */
export function compatibleFixes(
  findings: readonly Finding[],
  accept: (fix: Fix) => boolean = ({ safety }) => safety === 'safe',
): Fix[] {
  const taken: Fix[] = [];
  for (const { fixes } of [...findings].sort((one, other) => one.span.start - other.span.start)) {
    const fix = fixes.find(accept);
    if (fix !== undefined && !taken.some((each) => meet(each, fix))) taken.push(fix);
  }
  return taken;
}

function meet(one: Fix, other: Fix): boolean {
  return one.edits.some((edit) => other.edits.some((another) => conflicts(edit, another)));
}
