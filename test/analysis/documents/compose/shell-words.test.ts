import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../../src/analysis/documents/compose/shell-words.ts';

describe('a command line falls into words', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`sh -c "a 'b' c"`, ['sh', '-c', "a 'b' c"]],
    [`a'b c'd`, ['ab cd']],
    ['a\\ b', ['a b']],
    [`'' x`, ['', 'x']],
    ['a; b', ['a']],
    ['a && b', ['a']],
    ['a 2>&1', ['a']],
    ['$(a b) c', ['$(a b)', 'c']],
    ['', []],
  ])('%s', (line, words) => {
    expect(splitWords(line)?.map(({ text }) => text)).toEqual(words);
  });

  it.each(['"open', "'open", 'a \\', '(a)'])('or is refused: %s', (line) => {
    expect(splitWords(line)).toBeUndefined();
  });

  it('and knows where each word stands', () => {
    const line = `postgres -c "shared_buffers=1MB"`;
    expect(splitWords(line)?.map(({ from, to, exact }) => [line.slice(from, to), exact])).toEqual([
      ['postgres', true],
      ['-c', true],
      ['"shared_buffers=1MB"', false],
    ]);
  });
});
