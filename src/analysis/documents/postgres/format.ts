import { unitsOf } from './numbers.ts';
import type { BaseUnit } from './settings.ts';

/** As C prints `%g`: six digits, an exponent where the number is large or small. */
export function formatReal(number: number): string {
  if (Object.is(number, -0)) return '-0';
  if (number === 0) return '0';
  if (!Number.isFinite(number)) return number > 0 ? 'inf' : '-inf';
  const exponent = Number(number.toExponential(5).split('e')[1]);
  if (exponent < -4 || exponent >= 6) return scientific(number);
  return trimZeros(number.toFixed(Math.max(0, 5 - exponent)));
}

/** A number of base units with the largest unit that keeps it whole: 16384 blocks are 128MB. */
export function withUnit(number: number, base: BaseUnit | undefined): string {
  if (base === undefined || number <= 0) return String(number);
  const unit = unitsOf(base).find(([, factor]) => Number.isInteger(number / factor));
  return unit === undefined ? `${formatReal(number)}${base}` : `${String(number / unit[1])}${unit[0]}`;
}

function scientific(number: number): string {
  const [mantissa = '', exponent = ''] = number.toExponential(5).split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${trimZeros(mantissa)}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
