import type { ScalarStyle } from './yaml-tree.ts';

/** A value to write. A string stays a string when it is read again, whatever it looks like; a number is written plain. */
export type NewScalar = string | number | boolean | null;

/** Where a scalar is to stand: inside brackets more characters are taken, and JSON wants its own quotes. */
export interface Place {
  readonly flow: boolean;
  /** The quotes to use where some are needed. */
  readonly quote: 'single' | 'double';
}

/** Writes a scalar in the style wished for, as far as the value allows. */
export function scalarSource(value: NewScalar, place: Place, wished: ScalarStyle = 'plain'): string {
  const text = String(value);
  if (wished === 'single' || wished === 'double') return quoted(text, wished);
  if (typeof value !== 'string') return text;
  return isPlain(text, place.flow) ? text : quoted(text, place.quote);
}

/** Single quotes hold no escapes, so what can't be shown in them is written in double ones. */
export function quoted(text: string, quote: 'single' | 'double'): string {
  if (quote === 'single' && !UNPRINTABLE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(BREAKS_OF_YAML_1_1, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Whether the text can stand without quotes and is read as that same text by readers of YAML 1.1 and 1.2 alike. */
export function isPlain(text: string, flow: boolean): boolean {
  if (text === '' || text.trim() !== text || UNPRINTABLE.test(text)) return false;
  if (/^[,[\]{}#&*!|>'"%@`]|^[-?:](?:\s|$)|:(?:\s|$)|\s#|^(?:---|\.\.\.)/.test(text)) return false;
  if (flow && /[,[\]{}]|^[?:]|:$/.test(text)) return false;
  return !READ_OTHERWISE.some((pattern) => pattern.test(text));
}

/** Control characters, the line breaks that YAML 1.1 has beside ours, the byte order mark and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\ufeff\ud800-\udfff]/u;
const BREAKS_OF_YAML_1_1 = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** Words, numbers (also of base 60) and dates: what one reader or another takes for something else than text. */
const READ_OTHERWISE: readonly RegExp[] = [
  /^(?:true|false|yes|no|on|off|y|n|null|~|=|<<)$/i,
  /^[-+]?(?:\.inf|0x[\da-f_]+|0o?[0-7_]+|0b[01_]+)$|^\.nan$/i,
  /^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s])/,
];
