import { decodeBase64 } from './base64.ts';

/**
 * What Compose's YAML library (yaml.v3) makes of a plain scalar. It is neither YAML 1.1 nor 1.2: `0777` and
 * `0o17` are octal, `1_000` is a number, `yes` and `12:30` are text, a bare date is a point in time.
 */
export type ScalarType = 'string' | 'int' | 'float' | 'bool' | 'null' | 'timestamp';

export interface TypedScalar {
  readonly type: ScalarType;
  readonly value: string | number | boolean | null;
  /** All digits of a whole number that is too large for `value` to keep. */
  readonly digits?: string;
}

const WORDS: ReadonlyMap<string, TypedScalar> = new Map<string, TypedScalar>([
  ...['true', 'True', 'TRUE'].map((word): [string, TypedScalar] => [word, { type: 'bool', value: true }]),
  ...['false', 'False', 'FALSE'].map((word): [string, TypedScalar] => [word, { type: 'bool', value: false }]),
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, TypedScalar] => [word, { type: 'null', value: null }]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, TypedScalar] => [word, { type: 'float', value: NaN }]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, TypedScalar] => [
    word,
    { type: 'float', value: Infinity },
  ]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, TypedScalar] => [word, { type: 'float', value: -Infinity }]),
]);

/** The first characters that can begin anything but text: signs, digits, a point, or a word of the list above. */
const MAY_BE_TYPED = /^[-+0-9.yYnNtTfFoO~]/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9]*)$/;
const OTHER_BASE = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Beyond 64 bits a whole number is read as a fraction. */
const LARGEST_UINT64 = 2 ** 64;
const SMALLEST_INT64 = -(2 ** 63);

export function typePlain(text: string): TypedScalar {
  if (text === '') return NULL;
  if (!MAY_BE_TYPED.test(text)) return { type: 'string', value: text };
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first > 57) return { type: 'string', value: text };
  if (first === 46) return FLOAT.test(text) ? { type: 'float', value: Number(text) } : { type: 'string', value: text };
  return typeNumber(text);
}

/** What an explicit tag makes of a scalar; undefined where the library refuses the combination. */
export function typeTagged(tag: string, text: string): TypedScalar | undefined {
  const short = tag.replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1');
  if (short === '!!binary') {
    const value = decodeBase64(text);
    return value === undefined ? undefined : { type: 'string', value };
  }
  if (!['!!int', '!!float', '!!bool', '!!null', '!!timestamp'].includes(short)) return { type: 'string', value: text };
  const typed = typePlain(text);
  if (`!!${typed.type}` === short) return typed;
  return short === '!!float' && typed.type === 'int' ? { type: 'float', value: typed.value } : undefined;
}

const NULL: TypedScalar = { type: 'null', value: null };

function typeNumber(text: string): TypedScalar {
  const timestamp = goTimestamp(text);
  if (timestamp !== undefined) return { type: 'timestamp', value: timestamp };
  const plain = text.includes('_') ? text.replaceAll('_', '') : text;
  const whole = wholeNumber(plain);
  if (whole !== undefined) {
    if (Number.isSafeInteger(whole) || !DECIMAL.test(plain)) return { type: 'int', value: whole };
    return { type: 'int', value: whole, digits: BigInt(plain.replace('+', '')).toString() };
  }
  if (FLOAT.test(plain) && Number.isFinite(Number(plain))) return { type: 'float', value: Number(plain) };
  return { type: 'string', value: text };
}

function wholeNumber(plain: string): number | undefined {
  let value: number;
  if (DECIMAL.test(plain)) value = Number(plain);
  else {
    const match = OTHER_BASE.exec(plain);
    if (match === null) return undefined;
    const [, sign, hex, binary, octal] = match;
    const size = hex !== undefined ? parseInt(hex, 16) : binary !== undefined ? parseInt(binary, 2) : parseInt(octal ?? '', 8);
    value = sign === '-' ? -size : size;
  }
  // Minus zero is zero there.
  return value >= SMALLEST_INT64 && value < LARGEST_UINT64 ? value + 0 : undefined;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const DATE_TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d\d:\d\d)| (\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?)$/;

/** A date as the tool prints it afterwards, or undefined where the text is none. */
function goTimestamp(text: string): string | undefined {
  if (text.charCodeAt(4) !== 45) return undefined;
  const date = DATE.exec(text) ?? DATE_TIME.exec(text);
  if (date === null) return undefined;
  const [, year = '', month = '', day = '', h1, m1, s1, f1, zone = 'Z', h2, m2, s2, f2] = date;
  const [hour, minute, second] = [Number(h1 ?? h2 ?? 0), Number(m1 ?? m2 ?? 0), Number(s1 ?? s2 ?? 0)];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > last) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const two = (value: number | string) => String(value).padStart(2, '0');
  const fraction = (f1 ?? f2 ?? '').slice(0, 10).replace(/\.?0*$/, '');
  const offset =
    zone === 'Z' || zone === '+00:00' || zone === '-00:00' ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`;
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${fraction} ${offset}`;
}
