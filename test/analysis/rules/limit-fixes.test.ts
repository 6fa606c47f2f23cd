import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/base/edit.ts';
import { boardById } from '../../../src/analysis/memory/boards.ts';
import { checkText, composeFile } from './check-text.ts';

/** The text after the first fix of the first finding of that rule, on a board or on none. */
function fixed(text: string, rule: string, board?: string): string {
  const { findings } = checkText(text, { surroundings: { board: board === undefined ? undefined : boardById(board) } });
  const fix = findings.find((finding) => finding.rule === rule)?.fixes[0];
  return fix === undefined ? '' : applyEdits(composeFile, text, fix.edits);
}

const rules = (text: string): string[] => checkText(text).findings.map(({ rule }) => rule);

describe('a limit that is raised', () => {
  it('changes in the service alone where an anchor holds it for others, too', () => {
    const text =
      'x-small: &small\n  mem_limit: 24M\nservices:\n  db:\n    <<: *small\n    image: postgres:16\n  web:\n    <<: *small\n    image: nginx:alpine\n';
    const after = fixed(text, 'limit-below-floor');
    expect(after).toContain('x-small: &small\n  mem_limit: 24M\n');
    expect(after).toMatch(/db:\n {4}<<: \*small\n {4}image: postgres:16\n {4}mem_limit: \d+M\n/);
  });

  it('changes in both places where it stands twice, since Compose refuses two that differ', () => {
    const text =
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 24M\n    deploy:\n      resources:\n        limits:\n          memory: 24M\n';
    const after = fixed(text, 'limit-below-floor');
    expect(after).not.toContain('24M');
    expect(rules(after)).not.toContain('limit-split');
  });

  it('takes a memswap_limit with it, or Docker would refuse the container', () => {
    const text = 'services:\n  db:\n    image: postgres:16\n    mem_limit: 24M\n    memswap_limit: 32M\n';
    const after = fixed(text, 'limit-below-floor');
    expect(rules(after)).not.toContain('swap-limit-refused');
    const [limit = 0, swap = 0] = [...after.matchAll(/limit: (\d+)M/g)].map(([, size]) => Number(size));
    expect(swap - limit).toBe(8);
  });

  it('is written as the default of a variable, where that decides', () => {
    const text = 'services:\n  db:\n    image: postgres:16\n    mem_limit: ${DB_LIMIT:-24M}\n';
    expect(fixed(text, 'limit-below-floor')).toMatch(/mem_limit: \$\{DB_LIMIT:-\d+M\}\n$/);
  });

  it('keeps carriage returns and comments', () => {
    const text = 'services:\r\n  db:\r\n    image: postgres:16 # ours\r\n    mem_limit: 24M # tight\r\n';
    expect(fixed(text, 'limit-below-floor')).toMatch(
      /^services:\r\n {2}db:\r\n {4}image: postgres:16 # ours\r\n {4}mem_limit: \d+M # tight\r\n$/,
    );
  });
});

describe('a stack that is fitted', () => {
  it('gets limits in the form that it uses elsewhere, and fits afterwards', () => {
    const text =
      'services:\n  db:\n    image: postgres:16\n    command: postgres -c shared_buffers=512MB -c max_connections=50\n    deploy:\n      resources:\n        limits:\n          memory: 900M\n  web:\n    image: nginx:alpine\n';
    const after = fixed(text, 'stack-over-budget', 'pi-zero-2w');
    expect(after).not.toContain('mem_limit');
    const again = checkText(after, { surroundings: { board: boardById('pi-zero-2w') } });
    expect(['fits', 'tight']).toContain(again.judged()?.verdict);
  });
});
