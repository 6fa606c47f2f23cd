import { fail, ok, type Result } from './result.ts';

/** A number of bytes: never kB, never MiB, never a bare count of pages. */
export type Bytes = number & { readonly bytes: unique symbol };

/**
 * How a tool reads sizes. `compose` is Compose up to 2.26 and its regular expression; `go-units` is the
 * hand-written parser in newer releases, which refuses `512Mi` and takes `.5g`.
 */
export type SizeGrammar = 'compose' | 'go-units';

export type SizeError = 'empty' | 'not-a-number' | 'unknown-suffix' | 'negative';

const KIB = 1024;
const FACTORS: Readonly<Record<string, number>> = { '': 1, k: KIB, m: KIB ** 2, g: KIB ** 3, t: KIB ** 4, p: KIB ** 5 };

export function bytes(count: number): Bytes {
  return count as Bytes;
}

export function kibibytes(count: number): Bytes {
  return (count * KIB) as Bytes;
}

export function mebibytes(count: number): Bytes {
  return (count * KIB ** 2) as Bytes;
}

export function gibibytes(count: number): Bytes {
  return (count * KIB ** 3) as Bytes;
}

/** Reads a size as Docker does: binary units whatever the spelling (`MB` is MiB), a fraction cut off to whole bytes. */
export function parseSize(text: string, grammar: SizeGrammar = 'compose'): Result<Bytes, SizeError> {
  if (text.trim() === '') return fail('empty');
  const match = (grammar === 'compose' ? COMPOSE_SIZE : GO_UNITS_SIZE).exec(text);
  if (match === null) return fail(whyNot(text));
  const number = Number(match[1]);
  if (Number.isNaN(number)) return fail('not-a-number');
  return ok(bytes(Math.trunc(number * (FACTORS[(match[2] ?? '').toLowerCase()] ?? 1))));
}

/** The shortest form that says the same number: `88 MiB`, `1.5 GiB`, `512 B`. */
export function formatBytes(size: Bytes): string {
  const sign = size < 0 ? '-' : '';
  const absolute = Math.abs(size);
  if (absolute < KIB) return `${sign}${String(absolute)} B`;
  const [unit, factor] = absolute < KIB ** 2 ? ['KiB', KIB] : absolute < KIB ** 3 ? ['MiB', KIB ** 2] : ['GiB', KIB ** 3];
  const value = absolute / factor;
  const digits = Number.isInteger(value) || value >= 100 ? 0 : 1;
  return `${sign}${value.toFixed(digits).replace(/\.0$/, '')} ${unit}`;
}

/** As a Compose file writes it: `88M` where it is whole mebibytes, else the next smaller unit that is exact. */
export function composeSize(size: Bytes): string {
  if (size !== 0) {
    for (const [suffix, factor] of [
      ['G', KIB ** 3],
      ['M', KIB ** 2],
      ['K', KIB],
    ] as const) {
      if (size % factor === 0) return `${String(size / factor)}${suffix}`;
    }
  }
  return String(size);
}

export function roundUp(size: Bytes, step: Bytes): Bytes {
  return bytes(Math.ceil(size / step) * step);
}

const COMPOSE_SIZE = /^(\d+(?:\.\d+)*) ?([kKmMgGtTpP])?[iI]?[bB]?$/;
const GO_UNITS_SIZE = /^(\d+\.?\d*|\.\d+) ?(?:([kKmMgGtTpP])(?:[iI]?[bB])?|[bB])?$/;

function whyNot(text: string): SizeError {
  if (text.startsWith('-')) return 'negative';
  return /^[\d.]/.test(text) ? 'unknown-suffix' : 'not-a-number';
}
