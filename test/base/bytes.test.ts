import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, composeSize, formatBytes, gibibytes, kibibytes, mebibytes, parseSize, roundUp } from '../../src/base/bytes.ts';

const read = (text: string, grammar?: 'compose' | 'go-units'): number | string => {
  const result = parseSize(text, grammar);
  return result.ok ? result.value : result.error;
};

describe('a size in a Compose file', () => {
  it.each([
    ['512', 512],
    ['128M', 128 * 1024 ** 2],
    ['128m', 128 * 1024 ** 2],
    ['128MB', 128 * 1024 ** 2],
    ['128MiB', 128 * 1024 ** 2],
    ['1.5g', 1.5 * 1024 ** 3],
    ['100 kb', 100 * 1024],
    ['2gib', 2 * 1024 ** 3],
    ['1T', 1024 ** 4],
    ['7b', 7],
    ['0.3k', 307],
  ])('%s is %i bytes, binary whatever the spelling', (text, size) => {
    expect(read(text)).toBe(size);
    expect(read(text, 'go-units')).toBe(size);
  });

  it.each([
    ['512Mi', 512 * 1024 ** 2, 'unknown-suffix'],
    ['512i', 512, 'unknown-suffix'],
    ['.5g', 'unknown-suffix', 512 * 1024 ** 2],
  ])('%s is read differently by Compose 2.26 and by newer parsers', (text, compose, newer) => {
    expect(read(text)).toBe(compose);
    expect(read(text, 'go-units')).toBe(newer);
  });

  it.each([
    ['', 'empty'],
    ['12x', 'unknown-suffix'],
    ['1.2.3M', 'not-a-number'],
    ['lots', 'not-a-number'],
    ['-5M', 'negative'],
    ['128  M', 'unknown-suffix'],
  ])('"%s" is no size: %s', (text, error) => {
    expect(read(text)).toBe(error);
  });

  it('reads back whatever it writes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (size) => read(composeSize(bytes(size))) === size));
  });
});

describe('a size for a person', () => {
  it.each([
    [bytes(512), '512 B'],
    [kibibytes(64), '64 KiB'],
    [mebibytes(88), '88 MiB'],
    [mebibytes(1536), '1.5 GiB'],
    [gibibytes(4), '4 GiB'],
    [mebibytes(-12), '-12 MiB'],
    [bytes(mebibytes(7) + 300 * 1024), '7.3 MiB'],
  ])('is short and exact enough', (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });

  it('rounds up to a step', () => {
    expect(roundUp(bytes(mebibytes(81) + 1), mebibytes(8))).toBe(mebibytes(88));
    expect(roundUp(mebibytes(88), mebibytes(8))).toBe(mebibytes(88));
  });
});
