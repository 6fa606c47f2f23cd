import { canonicalPath } from './canonical-path.ts';
import { clientEncoding } from './encodings.ts';
import { dateStyle } from './date-style.ts';
import { splitList } from './string-list.ts';
import { isStandbyList } from './standby-names.ts';
import { isTimeZone } from './time-zones.ts';

/** Accepted as it is, turned into another text, or refused. */
export type Verdict = true | string | false;

/**
 * What the server looks at beyond type and range (its check hooks), as far as that doesn't depend on the machine
 * it runs on: extensions, roles and files are taken on trust.
 */
export function checkText(name: string, value: string, version: number): Verdict {
  if (name === 'cluster_name' || name === 'application_name') return cleanAscii(value, version);
  return TEXT_CHECKS[name]?.(value) ?? true;
}

export function checkWord(name: string, word: string): boolean {
  // Bonjour is a macOS build's; tables with OIDs went with 12, only `off` is still tolerated.
  return !((name === 'bonjour' || name === 'default_with_oids') && word === 'on');
}

/** Numbers that the server bends into shape rather than refuse; undefined where it refuses after all. */
export function checkNumber(name: string, number: number, version: number): number | undefined {
  switch (name) {
    case 'wal_buffers':
      return number === -1 ? number : Math.max(4, number);
    case 'autovacuum_work_mem':
      return number === -1 ? number : Math.max(version >= 17 ? 64 : 1024, number);
    case 'max_stack_depth':
      // 512 kB less than the stack limit, which is 8 MB on Linux and in Docker unless somebody changed it.
      return number > 7680 ? undefined : number;
    default:
      return number;
  }
}

const list = (value: string): boolean => splitList(value) !== undefined;
const oneOf =
  (...words: readonly string[]) =>
  (value: string): boolean =>
    splitList(value)?.every((word) => words.includes(word)) ?? false;

/** Locales are the machine's; only what no machine has is refused. */
const locale = (value: string): boolean => /^(?:C|POSIX|C\.[\w-]+|[a-z]{2}|[a-z]{2,3}_[A-Z]{2}(?:[.@][\w.@-]+)?)$/.test(value);
const localeOrNone = (value: string): boolean => value === '' || locale(value);

const TEXT_CHECKS: Readonly<Record<string, (value: string) => Verdict>> = {
  DateStyle: dateStyle,
  TimeZone: isTimeZone,
  log_timezone: isTimeZone,
  timezone_abbreviations: (value) => /^[A-Z][A-Za-z]*$/.test(value),
  client_encoding: (value) => clientEncoding(value) ?? false,
  search_path: list,
  temp_tablespaces: list,
  wal_consistency_checking: list,
  output_plugin_libraries: list,
  log_destination: oneOf('stderr', 'csvlog', 'jsonlog', 'syslog'),
  restrict_nonsystem_relation_kind: oneOf('view', 'foreign-table'),
  backtrace_functions: (value) => /^[\w, \n\t]*$/.test(value),
  default_table_access_method: (value) => value !== '',
  role: (value) => value === 'none',
  session_authorization: () => false,
  lc_messages: locale,
  lc_monetary: localeOrNone,
  lc_numeric: localeOrNone,
  lc_time: localeOrNone,
  primary_slot_name: (value) => /^[a-z0-9_]{0,63}$/.test(value),
  recovery_target: (value) => value === '' || value === 'immediate',
  recovery_target_lsn: (value) => value === '' || /^[0-9a-fA-F]{1,8}\/[0-9a-fA-F]{1,8}$/.test(value),
  recovery_target_name: (value) => value.length < 64,
  recovery_target_time: isRecoveryTime,
  synchronous_standby_names: isStandbyList,
  external_pid_file: canonicalPath,
  log_directory: canonicalPath,
  stats_temp_directory: canonicalPath,
  data_directory: canonicalPath,
};

/** The server needs a date; words such as `now` are refused because they mean another time at each start. */
function isRecoveryTime(value: string): boolean {
  if (value === '') return true;
  const date = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(value);
  if (date === null) return !/^\s*(?:[a-z]+\d*|[\d:. ]+)\s*$/i.test(value) && /\d/.test(value);
  const [year, month, day] = date.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** What isn't printable ASCII becomes a question mark, byte by byte; from 16 on its hexadecimal escape. */
function cleanAscii(value: string, version: number): string {
  return value.replace(/[^ -~]/gu, (character) =>
    utf8(character)
      .map((byte) => (version >= 16 ? `\\x${byte.toString(16).padStart(2, '0')}` : '?'))
      .join(''),
  );
}

function utf8(character: string): readonly number[] {
  return [...encodeURIComponent(character).matchAll(/%(..)|(.)/g)].map(([, hex, plain = '']) =>
    hex === undefined ? plain.charCodeAt(0) : Number.parseInt(hex, 16),
  );
}
