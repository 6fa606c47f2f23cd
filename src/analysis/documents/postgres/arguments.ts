import { message, type Message } from '../../../base/message.ts';
import { serverWords as text } from './server-words.ts';

/** A setting that a server is started with: `-c name=value`, `--name=value` or one of the short options. */
export interface ArgumentSetting {
  readonly name: string;
  readonly value: string;
  /** Where the name stands; undefined for a short option such as `-N`, whose name is not written. */
  readonly nameAt: WordRange | undefined;
  /** Where the value stands; undefined for a switch such as `-F`, which has none. */
  readonly valueAt: WordRange | undefined;
  /** The word that the option itself is in. */
  readonly word: number;
}

/** A part of one word of the command line. */
export interface WordRange {
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

export interface ServerArguments {
  readonly settings: readonly ArgumentSetting[];
  readonly dataFolder: string | undefined;
  /** `--config-file` is the server's setting `config_file`. */
  readonly configFile: string | undefined;
  /** The option `-C name`: print and end. */
  readonly printed: string | undefined;
  /** The first word that the server refuses. */
  readonly problem: { readonly word: number; readonly message: Message } | undefined;
}

/** Reads server arguments as `postgres` does (getopt with clustering; `-` is the option for long names). */
export function parseServerArguments(words: readonly string[]): ServerArguments {
  const settings: ArgumentSetting[] = [];
  const found: { dataFolder?: string; printed?: string } = {};
  const result = (problem?: ServerArguments['problem']): ServerArguments => ({
    settings,
    dataFolder: found.dataFolder,
    printed: found.printed,
    configFile: settings.findLast(({ name }) => name === 'config_file')?.value,
    problem,
  });
  const cursor: Cursor = { words, word: 0, at: 0, stray: undefined };
  for (;;) {
    const option = nextOption(cursor);
    if (option === undefined) break;
    const { letter, argument } = option;
    const refused = option.problem ?? readOption(option, settings);
    if (refused !== undefined) return result({ word: option.word, message: refused });
    if (letter === 'D') found.dataFolder = argument?.text ?? '';
    if (letter === 'C') found.printed = argument?.text ?? '';
  }
  const stray = cursor.stray ?? cursor.word;
  const word = words[stray];
  return word === undefined ? result() : result({ word: stray, message: message(text.invalidArgument, { word }) });
}

interface Cursor {
  readonly words: readonly string[];
  word: number;
  /** Within a cluster of short options; 0 at a word's start. */
  at: number;
  /** The first word that is no option. Options behind it count: glibc moves such words to the end. */
  stray: number | undefined;
}

interface Option {
  readonly letter: string;
  readonly word: number;
  readonly argument: (WordRange & { readonly text: string }) | undefined;
  readonly problem?: Message;
}

const WITH_ARGUMENT = new Set('BcCdDfhkNprStW-');
const SWITCHES = new Set('bEeFijlnOPsT');

/** Undefined at the end of the options, which `--` may mark. */
function nextOption(cursor: Cursor): Option | undefined {
  const { words } = cursor;
  while (cursor.at === 0 && isNoOption(words[cursor.word])) {
    cursor.stray ??= cursor.word;
    cursor.word++;
  }
  const { word } = cursor;
  const current = words[word];
  if (current === undefined) return undefined;
  if (cursor.at === 0 && current === '--') {
    cursor.word++;
    return undefined;
  }
  cursor.at = Math.max(cursor.at, 1);
  const letter = current.charAt(cursor.at);
  cursor.at++;
  if (WITH_ARGUMENT.has(letter)) return { letter, word, ...takeArgument(cursor, current, letter) };
  if (cursor.at >= current.length) step(cursor);
  if (SWITCHES.has(letter)) return { letter, word, argument: undefined };
  return { letter, word, argument: undefined, problem: message(text.invalidOption, { word: letter }) };
}

function isNoOption(word: string | undefined): boolean {
  return word !== undefined && (word === '-' || !word.startsWith('-'));
}

function takeArgument(cursor: Cursor, current: string, letter: string): Pick<Option, 'argument' | 'problem'> {
  const { word, at } = cursor;
  if (at < current.length) {
    step(cursor);
    return { argument: { word, start: at, end: current.length, text: current.slice(at) } };
  }
  const next = cursor.words[word + 1];
  step(cursor);
  if (next === undefined) return { argument: undefined, problem: message(text.optionNeedsArgument, { word: letter }) };
  step(cursor);
  return { argument: { word: word + 1, start: 0, end: next.length, text: next } };
}

function step(cursor: Cursor): void {
  cursor.word++;
  cursor.at = 0;
}

/** Adds what the option sets; a message where it is refused. */
function readOption({ letter, word, argument }: Option, settings: ArgumentSetting[]): Message | undefined {
  const value = argument?.text ?? '';
  const set = (name: string, to: string, valueAt?: WordRange, nameAt?: WordRange): void => {
    settings.push({ name, value: to, word, valueAt, nameAt });
  };
  if (letter === 'c' || letter === '-') {
    const cut = value.indexOf('=');
    if (argument === undefined || cut < 0)
      return message(text.needsValue, { option: letter === '-' ? `--${value}` : `-c ${value}` });
    const middle = argument.start + cut;
    const name = value.slice(0, cut).replace(/-/g, '_');
    set(name, value.slice(cut + 1), { ...argument, start: middle + 1 }, { ...argument, end: middle });
    return undefined;
  }
  const direct = DIRECT[letter];
  if (direct !== undefined) set(direct, value, argument);
  const fixed = FIXED[letter] ?? CODES[letter + codeOf(letter, value)];
  if (fixed !== undefined) set(fixed[0], fixed[1]);
  else if (letter === 'f' || letter === 't') return message(text.badOptionArgument, { option: `-${letter}`, value });
  if (letter === 'd') for (const [name, level] of debugSettings(value)) set(name, level);
  return undefined;
}

/** Short options that name one setting and take its value. */
const DIRECT: Readonly<Record<string, string>> = {
  B: 'shared_buffers',
  N: 'max_connections',
  S: 'work_mem',
  W: 'post_auth_delay',
  h: 'listen_addresses',
  k: 'unix_socket_directories',
  p: 'port',
};

const FIXED: Readonly<Record<string, readonly [string, string]>> = {
  F: ['fsync', 'false'],
  O: ['allow_system_table_mods', 'true'],
  P: ['ignore_system_indexes', 'true'],
  e: ['datestyle', 'euro'],
  i: ['listen_addresses', '*'],
  l: ['ssl', 'true'],
  s: ['log_statement_stats', 'true'],
};

const CODES: Readonly<Record<string, readonly [string, string]>> = {
  fs: ['enable_seqscan', 'false'],
  fi: ['enable_indexscan', 'false'],
  fo: ['enable_indexonlyscan', 'false'],
  fb: ['enable_bitmapscan', 'false'],
  ft: ['enable_tidscan', 'false'],
  fn: ['enable_nestloop', 'false'],
  fm: ['enable_mergejoin', 'false'],
  fh: ['enable_hashjoin', 'false'],
  tpa: ['log_parser_stats', 'true'],
  tpl: ['log_planner_stats', 'true'],
  te: ['log_executor_stats', 'true'],
};

/** The server looks at the first letter alone, at two where `p` could be parser or planner. */
function codeOf(letter: string, value: string): string {
  return value.slice(0, letter === 't' && value.startsWith('p') ? 2 : 1);
}

function debugSettings(value: string): readonly (readonly [string, string])[] {
  const level = Number.parseInt(value, 10) || 0;
  const settings: [string, string][] = [['log_min_messages', level > 0 ? `debug${String(level)}` : 'notice']];
  if (level >= 1) settings.push(['log_connections', 'true'], ['log_disconnections', 'true']);
  if (level >= 2) settings.push(['log_statement', 'all']);
  if (level >= 3) settings.push(['debug_print_parse', 'true']);
  if (level >= 4) settings.push(['debug_print_plan', 'true']);
  if (level >= 5) settings.push(['debug_print_rewritten', 'true']);
  return settings;
}
