import { describe, expect, it } from 'vitest';
import { typePlain, typeTagged } from '../../../../src/analysis/documents/compose/scalar-type.ts';

describe('a plain scalar is what yaml.v3 makes of it', () => {
  it.each([
    ['0777', 'int', 511],
    ['0o17', 'int', 15],
    ['1_000', 'int', 1000],
    ['0x1F', 'int', 31],
    ['0b101', 'int', 5],
    ['-0x10', 'int', -16],
    ['+7', 'int', 7],
    ['1.5', 'float', 1.5],
    ['.5', 'float', 0.5],
    ['1e3', 'float', 1000],
    ['1.', 'float', 1],
    ['true', 'bool', true],
    ['FALSE', 'bool', false],
    ['~', 'null', null],
    ['', 'null', null],
    ['.inf', 'float', Infinity],
    ['yes', 'string', 'yes'],
    ['on', 'string', 'on'],
    ['12:30', 'string', '12:30'],
    ['0899', 'float', 899],
    ['1e400', 'string', '1e400'],
    ['1.2.3', 'string', '1.2.3'],
    ['-', 'string', '-'],
    ['tRue', 'string', 'tRue'],
  ])('%s is %s %s', (text, type, value) => {
    expect(typePlain(text)).toEqual({ type, value });
  });

  it('keeps every digit of a number that is too large for a double', () => {
    expect(typePlain('12345678901234567890')).toMatchObject({ type: 'int', digits: '12345678901234567890' });
  });

  it('reads a date as a point in time, printed as Go prints one', () => {
    expect(typePlain('2024-1-9')).toEqual({ type: 'timestamp', value: '2024-01-09 00:00:00 +0000 UTC' });
    expect(typePlain('2024-01-32')).toEqual({ type: 'string', value: '2024-01-32' });
  });
});

describe('an explicit tag', () => {
  it('makes text of anything, a fraction of a whole number, and nothing of what does not fit', () => {
    expect(typeTagged('!!str', '12')).toEqual({ type: 'string', value: '12' });
    expect(typeTagged('!!float', '12')).toEqual({ type: 'float', value: 12 });
    expect(typeTagged('!!int', 'twelve')).toBeUndefined();
    expect(typeTagged('!custom', '12')).toEqual({ type: 'string', value: '12' });
  });
});
