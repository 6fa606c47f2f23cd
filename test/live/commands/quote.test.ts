import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { installed } from '../../lab/installed.ts';
import { shellLine } from '../../../src/live/commands/quote.ts';

describe('a shell line', () => {
  it('leaves plain words readable', () => {
    expect(shellLine(['docker', '--host', 'unix:///run/docker.sock', 'ps'])).toBe('docker --host unix:///run/docker.sock ps');
  });

  it.each(['sh', 'dash', 'bash', 'busybox'].filter(installed))('brings every word through %s as it was', (shell) => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), (words) => {
        const safe = words.map((word) => word.replaceAll('\0', ''));
        const line = shellLine(['printf', '%s\\037', ...words]);
        const args = shell === 'busybox' ? ['sh', '-c', line] : ['-c', line];
        expect(execFileSync(shell, args, { encoding: 'utf8' })).toBe(safe.map((word) => `${word}\x1f`).join(''));
      }),
      { numRuns: 25, examples: [[["it's", '$(reboot)', '`x`', '"', '\\', '\n', '', '-n', '*', '~', '!', '#']]] },
    );
  });
});
