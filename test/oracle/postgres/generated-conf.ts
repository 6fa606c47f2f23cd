import fc from 'fast-check';
import { settingsOf, type SettingDefinition } from '../../../src/analysis/documents/postgres/settings.ts';

/** Files, arguments and the name that is asked for. */
export interface GeneratedConf {
  readonly files: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly name: string;
}

/** Settings whose value depends on the machine rather than on what is written, or that change how the answer reads. */
const OF_THE_MACHINE =
  /^(?:lc_|data_directory|config_file|hba_file|ident_file|TimeZone|log_timezone|timezone_abbreviations|recovery_target_time|session_authorization|log_line_prefix|log_destination|log_min_messages)/;

const settings = settingsOf(15)
  .all()
  .filter(({ name, context }) => context !== 'internal' && !OF_THE_MACHINE.test(name));

const memoryUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'KB', 'mb', 'M', 'MiB', 'PB'];
const timeUnits = ['us', 'ms', 's', 'min', 'h', 'd', 'm', 'MIN', 'sec'];

const number = fc.oneof(
  fc.integer({ min: -2, max: 300 }).map(String),
  fc.integer({ min: -2147483650, max: 2147483650 }).map(String),
  fc.constantFrom(
    '0',
    '-1',
    '1',
    '2',
    '08',
    '017',
    '0x10',
    '0x1F',
    '+5',
    '1e3',
    '1.5',
    '.5',
    '5.',
    '-0',
    '2.5e2',
    '0.1',
    '99999999999',
    '1e400',
    '0x',
    'inf',
    'nan',
    '.',
    '',
  ),
  fc.double({ min: -10, max: 5000, noNaN: true }).map((value) => value.toFixed(3)),
);

function valueFor(setting: SettingDefinition): fc.Arbitrary<string> {
  const edges = fc
    .constantFrom(setting.min - 1, setting.min, setting.min + 1, setting.max - 1, setting.max, setting.max + 1)
    .map((edge) => String(edge));
  const units = fc.constantFrom('', '', '', ' ', ...memoryUnits, ...timeUnits);
  switch (setting.type) {
    case 'bool':
      return fc.constantFrom(
        'on',
        'off',
        'true',
        'False',
        'yes',
        'no',
        '1',
        '0',
        't',
        'f',
        'y',
        'n',
        'o',
        'of',
        'onn',
        '2',
        '',
        'tRu',
        '01',
      );
    case 'enum':
      return fc.constantFrom(
        ...setting.values,
        ...setting.values.map((value) => value.toUpperCase()),
        ...setting.synonyms.keys(),
        'on',
        'off',
        'true',
        '0',
        'bogus',
        '',
      );
    case 'int':
    case 'real':
      return fc
        .tuple(fc.oneof({ weight: 3, arbitrary: number }, { weight: 1, arbitrary: edges }), units)
        .map(([digits, unit]) => digits + unit);
    case 'string':
      return fc.constantFrom(
        '',
        'abc',
        'a b',
        '*',
        'a,b',
        'a, b',
        "it's",
        'tab\there',
        'back\\slash',
        '#no',
        '"q"',
        'x.y',
        'a/b',
        '1a',
        'ümlaut',
        '%t [%p] ',
        'UTF8',
        'stderr',
        'iso, dmy',
      );
  }
}

/** Writes a value as people do: bare, quoted, badly. */
function written(value: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    value,
    `'${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`,
    `'${value}'`,
    `'${value.replace(/'/g, "\\'")}'`,
    `"${value}"`,
    `${value} x`,
    `'${value}`,
  );
}

const usually = <T>(common: T, ...rare: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(common) }, { weight: 1, arbitrary: fc.constantFrom(...rare) });

const settingLine = fc.constantFrom(...settings).chain((setting) =>
  fc
    .tuple(
      usually('', ' ', '\t', '\f', '#', '\u00a0'),
      usually(setting.name, setting.name.toUpperCase(), setting.name.replace('_', '-'), `${setting.name}x`),
      usually(' = ', '=', ' ', '\t=\t', ' == ', ': ', '\v'),
      valueFor(setting).chain((value) =>
        fc.oneof(
          { weight: 5, arbitrary: fc.constant(`'${value.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`) },
          { weight: 5, arbitrary: fc.constant(value) },
          { weight: 2, arbitrary: written(value) },
        ),
      ),
      usually('', ' # comment', '#c', ' ;', '\r', "  # it's"),
    )
    .map(([indent, name, equals, value, end]) => ({ line: `${indent}${name}${equals}${value}${end}`, name: setting.name })),
);

const otherLine = fc
  .constantFrom(
    '',
    '# just a comment',
    '   ',
    "include 'inc.conf'",
    'include inc.conf',
    "INCLUDE_DIR = 'conf.d'",
    "include_if_exists 'none.conf'",
    "include 'none.conf'",
    'foo.bar = 1',
    'foo.bar = baz',
    'foo.bar.baz = 1',
    'a.b = c.d',
    'sort_mem = 2MB',
    'vacuum_mem = 3MB',
    'checkpoint_segments = 8',
    'block_size = 8192',
    'shared_memory_size = 1',
    '-- comment',
    '\ufeffwork_mem = 8MB',
    'work_mem = 8MB',
    'WORK_MEM = bogus',
    'work_mem = bogus',
    "cluster_name = 'a\\101\\060\\7x\\n'",
    "cluster_name = 'a''b'",
    "cluster_name = 'a' 'b'",
    'cluster_name = a.b',
    'cluster_name = a.b.c',
    'recovery_target_xid = 5',
    "recovery_target = 'immediate'",
    'max_connections = 262100',
    'log_parser_stats = on',
    'log_statement_stats = on',
  )
  .map((line) => ({ line, name: 'work_mem' }));

const line = fc.oneof({ weight: 5, arbitrary: settingLine }, { weight: 1, arbitrary: otherLine });

const word = fc.oneof(
  fc
    .constantFrom(...settings)
    .chain((setting) =>
      valueFor(setting).chain((value) =>
        fc.constantFrom(
          [`-c`, `${setting.name}=${value}`],
          [`--${setting.name.replace(/_/g, '-')}=${value}`],
          [`-c${setting.name}=${value}`],
        ),
      ),
    ),
  fc.constantFrom(
    ['-N', '7'],
    ['-B', '64MB'],
    ['-S300'],
    ['-F'],
    ['-iS', '400'],
    ['-c', 'work_mem'],
    ['-c', 'foo.bar=1'],
    ['-c', 'foo=1'],
    ['stray'],
    ['-z'],
    ['--'],
    ['-fs'],
    ['-tpa'],
    ['-d', '1'],
    ['--work_mem', '9MB'],
  ),
);

/** Mostly short files, so that one mistake doesn't hide every other answer. */
export const generatedConf: fc.Arbitrary<GeneratedConf> = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 3 }),
    fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(word, { minLength: 1, maxLength: 2 }) }),
    fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.array(settingLine, { minLength: 1, maxLength: 2 }) },
    ),
    fc.boolean(),
    fc.nat(),
  )
  .map(([lines, words, auto, ended, pick]) => ({
    files: {
      'postgresql.conf': lines.map((each) => each.line).join('\n') + (ended ? '\n' : ''),
      'inc.conf': 'work_mem = 7MB\n',
      'conf.d/B.conf': 'work_mem = 4MB\n',
      'conf.d/a.conf': 'maintenance_work_mem = 5MB\n',
      ...(auto === undefined ? {} : { 'postgresql.auto.conf': auto.map((each) => `${each.line}\n`).join('') }),
    },
    words: words.flat(),
    name: [...lines, ...(auto ?? [])][pick % (lines.length + (auto?.length ?? 0))]?.name ?? 'work_mem',
  }));
