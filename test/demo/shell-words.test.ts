import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWords } from '../../src/demo/commands.ts';
import { shellLine } from '../../src/live/commands/quote.ts';

it('takes apart what shellLine put together', () => {
  const word = fc.string({ unit: fc.constantFrom(...`ab '"\\\n$;|é`.split('')) });
  fc.assert(
    fc.property(word, fc.array(word), (program, words) => {
      expect(shellWords(shellLine([program, ...words]))).toEqual([program, ...words]);
    }),
  );
});
