import type { BaseUnit } from './settings.ts';

/** A number as C's strtol and strtod read it from the front of a text, and where they stopped. */
export interface ScannedNumber {
  readonly value: number;
  readonly end: number;
}

/**
 * Reads as the server reads an integer setting: octal and hexadecimal allowed, a second look as a floating-point
 * number where that stops at a point or an exponent or is too long. Undefined where nothing was read or the
 * number is out of a double's range.
 */
export function scanInteger(text: string): ScannedNumber | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))/.exec(text);
  const end = match?.[0].length ?? 0;
  const next = text.charAt(end);
  const digits = digitsOf(match);
  const tooLong = digits !== undefined && (digits > LONG_MAX || digits < -LONG_MAX - 1n);
  if (next === '.' || next === 'e' || next === 'E' || tooLong) return scanReal(text);
  return digits === undefined ? undefined : { value: Number(digits), end };
}

export function scanReal(text: string): ScannedNumber | undefined {
  const match = REAL.exec(text);
  if (match === null) return undefined;
  const [all, sign = '', hex, exponent, decimal, infinity] = match;
  const size = infinity !== undefined ? Infinity : hex !== undefined ? hexFloat(hex, exponent) : Number(decimal ?? 'NaN');
  // strtod says ERANGE for what overflows and for what is too small to be kept exactly.
  if (infinity === undefined && (size === Infinity || vanishes(size, hex ?? decimal ?? ''))) return undefined;
  return Number.isNaN(size) ? undefined : { value: sign === '-' ? -size : size, end: all.length };
}

/** Rounds half to even, as rint does. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Converts a number with a unit into the base unit; undefined for a unit that doesn't fit. Units have a case. */
export function toBaseUnit(value: number, unit: string, base: BaseUnit): number | undefined {
  const table = unitsOf(base);
  const at = table.findIndex(([name]) => name === unit);
  const factor = table[at]?.[1];
  if (factor === undefined) return undefined;
  const smaller = table[at + 1]?.[1];
  // A fraction such as 30.1GB is rounded to whole units of the next smaller kind.
  return smaller === undefined ? value * factor : roundHalfEven((value * factor) / smaller) * smaller;
}

/** Units that a setting takes, largest first, with their factor to the base unit. */
export function unitsOf(base: BaseUnit): readonly (readonly [string, number])[] {
  const table = base === 'ms' || base === 's' || base === 'min' ? TIME : MEMORY;
  const own = ABSOLUTE[base];
  return table.map(([name, size]) => [name, size / own]);
}

/** Bytes or microseconds in one base unit. */
export const ABSOLUTE: Readonly<Record<BaseUnit, number>> = {
  B: 1,
  kB: 1024,
  '8kB': 8192,
  MB: 1024 ** 2,
  ms: 1000,
  s: 1_000_000,
  min: 60_000_000,
};

const MEMORY = [
  ['TB', 1024 ** 4],
  ['GB', 1024 ** 3],
  ['MB', 1024 ** 2],
  ['kB', 1024],
  ['B', 1],
] as const;

const TIME = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1000],
  ['us', 1],
] as const;

const LONG_MAX = 2n ** 63n - 1n;

const REAL =
  /^[ \t\n\v\f\r]*([+-]?)(?:0[xX]((?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+))(?:[pP]([+-]?[0-9]+))?|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(inf(?:inity)?)|nan)/i;

function digitsOf(match: RegExpExecArray | null): bigint | undefined {
  if (match === null) return undefined;
  const [, sign, hex, octal, decimal] = match;
  const size = hex !== undefined ? BigInt(`0x${hex}`) : octal !== undefined ? BigInt(`0o0${octal}`) : BigInt(decimal ?? '0');
  return sign === '-' ? -size : size;
}

function hexFloat(mantissa: string, exponent: string | undefined): number {
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = Number(BigInt(`0x0${whole}${fraction}`));
  return digits * 2 ** (Number(exponent ?? '0') - 4 * fraction.length);
}

function vanishes(size: number, digits: string): boolean {
  return size < SMALLEST_NORMAL && /[1-9a-f]/i.test(digits.replace(/[eE][+-]?\d+$/, ''));
}

const SMALLEST_NORMAL = 2.2250738585072014e-308;
