import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/base/unified-diff.ts';

describe('a unified diff', () => {
  it('shows what changes with three lines around it', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    expect(unifiedDiff('compose.yml', before, before.replace('e', 'E'))).toBe(
      '--- compose.yml\n+++ compose.yml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    );
  });

  it('is empty for equal texts', () => {
    expect(unifiedDiff('a', 'x\n', 'x\n')).toBe('');
  });

  it('is understood by patch, whatever the texts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-diff-'));
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd\r\n'), { maxLength: 24 }).map((lines) => lines.join(''));
    const open = fc.tuple(text, fc.boolean()).map(([lines, ended]) => (ended ? lines : `${lines}x`));
    fc.assert(
      fc.property(open, open, (before, after) => {
        // patch removes a file that becomes empty, which is another matter.
        fc.pre(before !== after && before !== '' && after !== '');
        writeFileSync(join(folder, 'f'), before);
        execFileSync('patch', ['--binary', '-s', 'f'], { cwd: folder, input: unifiedDiff('f', before, after) });
        expect(readFileSync(join(folder, 'f'), 'utf8')).toBe(after);
      }),
      { numRuns: 60 },
    );
    rmSync(folder, { recursive: true });
  });
});
