import { message, type Message } from '../../../base/message.ts';
import { fail, ok, type Result } from '../../../base/result.ts';
import { formatReal } from './format.ts';
import { roundHalfEven, scanInteger, scanReal, toBaseUnit, type ScannedNumber } from './numbers.ts';
import { NEWEST_VERSION, type BaseUnit, type SettingDefinition } from './settings.ts';
import { serverWords as text } from './server-words.ts';
import { checkNumber, checkText, checkWord } from './value-checks.ts';

/** What the server makes of a value, in the setting's base unit. */
export type SettingValue =
  | { readonly kind: 'bool'; readonly on: boolean }
  | { readonly kind: 'int'; readonly number: number }
  | { readonly kind: 'real'; readonly number: number }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'string'; readonly text: string };

/** Why the server refuses a value. The words are the server's. */
export interface ValueError {
  readonly reason: 'not-boolean' | 'not-a-number' | 'unit' | 'integer-range' | 'range' | 'not-in-list' | 'refused' | 'preset';
  readonly message: Message;
  readonly hint?: Message;
}

export interface ReadOptions {
  /** The name as written, which the server's complaints repeat. */
  readonly name?: string;
  readonly version?: number | undefined;
}

/** Reads a value as the server does. */
export function readValue(
  definition: SettingDefinition,
  value: string,
  options: ReadOptions = {},
): Result<SettingValue, ValueError> {
  const { name = definition.name, version = NEWEST_VERSION } = options;
  if (definition.context === 'internal') {
    return fail({ reason: 'preset', message: message(text.cannotBeChanged, { name }) });
  }
  const read = readTyped(definition, value, name);
  const checked = read.ok ? checkedValue(definition.name, read.value, version) : undefined;
  if (!read.ok || checked !== undefined) return checked === undefined ? read : ok(checked);
  const refusal = OWN_WORDS[definition.name] ?? message(text.invalidValue, { name: definition.name, value });
  return fail({ reason: 'refused', message: refusal });
}

/** Refusals that the server words otherwise. */
const OWN_WORDS: Readonly<Record<string, Message>> = {
  bonjour: message(text.noBonjour),
  default_with_oids: message(text.noOids),
};

function checkedValue(name: string, value: SettingValue, version: number): SettingValue | undefined {
  if (value.kind === 'int') {
    const number = checkNumber(name, value.number, version);
    return number === undefined ? undefined : { kind: 'int', number };
  }
  if (value.kind === 'string') {
    const verdict = checkText(name, value.text, version);
    return verdict === false ? undefined : { kind: 'string', text: verdict === true ? value.text : verdict };
  }
  return checkWord(name, printValue(value)) ? value : undefined;
}

/** As `postgres -C` prints it. */
export function printValue(value: SettingValue): string {
  switch (value.kind) {
    case 'bool':
      return value.on ? 'on' : 'off';
    case 'int':
      return String(value.number);
    case 'real':
      return formatReal(value.number);
    case 'word':
      return value.word;
    case 'string':
      return value.text;
  }
}

function readTyped(definition: SettingDefinition, value: string, name: string): Result<SettingValue, ValueError> {
  switch (definition.type) {
    case 'bool': {
      const on = readBoolean(value);
      if (on === undefined) return fail({ reason: 'not-boolean', message: message(text.needsBoolean, { name }) });
      return ok({ kind: 'bool', on });
    }
    case 'int':
    case 'real':
      return readNumber(definition, value, name);
    case 'enum':
      return readWord(definition, value, name);
    case 'string':
      return ok({ kind: 'string', text: NAMES.has(definition.name) ? clip(value) : value });
  }
}

/** Any unique prefix of true, false, yes, no; on and off need two letters to be told apart. */
function readBoolean(value: string): boolean | undefined {
  const lower = value.toLowerCase();
  if (lower === '' || lower === 'o') return undefined;
  if (['true', 'yes', 'on', '1'].some((word) => word.startsWith(lower))) return true;
  return ['false', 'no', 'off', '0'].some((word) => word.startsWith(lower)) ? false : undefined;
}

function readWord(definition: SettingDefinition, value: string, name: string): Result<SettingValue, ValueError> {
  const lower = value.toLowerCase();
  const word = definition.synonyms.get(lower) ?? definition.values.find((each) => each.toLowerCase() === lower);
  if (word !== undefined) return ok({ kind: 'word', word });
  return fail({
    reason: 'not-in-list',
    message: message(text.invalidValue, { name, value }),
    hint: message(text.availableValues, { values: definition.values.join(', ') }),
  });
}

function readNumber(definition: SettingDefinition, value: string, name: string): Result<SettingValue, ValueError> {
  const refuse = (reason: ValueError['reason'], hint?: Message): Result<never, ValueError> =>
    fail({ reason, message: message(text.invalidValue, { name, value }), ...(hint === undefined ? {} : { hint }) });
  const whole = definition.type === 'int';
  const scanned = whole ? scanInteger(value) : scanReal(value);
  if (scanned === undefined) return refuse('not-a-number');
  const based = inBaseUnit(scanned, value, definition.unit);
  if (based === 'no-unit') return refuse('not-a-number');
  if (based === 'bad-unit') return refuse('unit', unitHint(definition.unit));
  const number = whole ? roundHalfEven(based) : based;
  if (whole && (number > 2147483647 || number < -2147483648)) return refuse('integer-range', message(text.integerRange));
  if (number < definition.min || number > definition.max) return fail(outOfRange(definition, number, name));
  return ok(whole ? { kind: 'int', number: number === 0 ? 0 : number } : { kind: 'real', number });
}

function inBaseUnit(scanned: ScannedNumber, value: string, base: BaseUnit | undefined): number | 'no-unit' | 'bad-unit' {
  const rest = value.slice(scanned.end).replace(/^[ \t\n\v\f\r]+/, '');
  if (rest === '') return scanned.value;
  if (base === undefined) return 'no-unit';
  const unit = /^([^ \t\n\v\f\r]+)[ \t\n\v\f\r]*$/.exec(rest)?.[1];
  return (unit === undefined ? undefined : toBaseUnit(scanned.value, unit, base)) ?? 'bad-unit';
}

function unitHint(base: BaseUnit | undefined): Message {
  return message(base === 'ms' || base === 's' || base === 'min' ? text.timeUnits : text.memoryUnits);
}

function outOfRange({ type, unit, min, max }: SettingDefinition, number: number, name: string): ValueError {
  const show = type === 'int' || !Number.isFinite(number) ? String : formatReal;
  const limit = type === 'int' ? String : formatReal;
  const data = { value: show(number), unit: unit === undefined ? '' : ` ${unit}`, name, min: limit(min), max: limit(max) };
  return { reason: 'range', message: message(text.outOfRange, data) };
}

/** Settings that hold an identifier, which the server cuts to 63 bytes. */
const NAMES = new Set([
  'application_name',
  'client_encoding',
  'cluster_name',
  'default_table_access_method',
  'default_tablespace',
  'role',
  'session_authorization',
]);

function clip(name: string): string {
  let bytes = 0;
  let kept = '';
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > 63) return kept;
    kept += character;
  }
  return kept;
}
