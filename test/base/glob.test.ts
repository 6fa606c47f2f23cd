import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../src/base/glob.ts';

describe('a pattern for paths', () => {
  it.each([
    ['dev/**', 'dev/compose.yml', true],
    ['dev/**', 'dev/a/b.yml', true],
    ['dev/**', 'prod/dev/a.yml', false],
    ['**/test/*.yml', 'a/b/test/x.yml', true],
    ['**/test/*.yml', 'test/x.yml', true],
    ['*.dev.yml', 'a/compose.dev.yml', true],
    ['./compose.yml', 'compose.yml', true],
    ['compose.?ml', 'compose.yml', true],
    ['compose.yml', 'composexyml', false],
    ['stacks/', 'stacks/a/compose.yml', true],
    ['a+(b).yml', 'a+(b).yml', true],
  ])('%s on %s: %s', (pattern, path, matches) => {
    expect(matchesGlob(pattern, path)).toBe(matches);
  });
});
