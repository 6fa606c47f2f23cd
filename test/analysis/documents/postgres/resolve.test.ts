import { describe, expect, it } from 'vitest';
import { render } from '../../../../src/base/message.ts';
import { memoryConfFiles, serverAnswer } from './server-answer.ts';

type Files = Readonly<Record<string, string>>;

function ask(name: string, conf: string, words: readonly string[] = [], others: Files = {}): string {
  const { value, errors } = serverAnswer(name, memoryConfFiles({ 'postgresql.conf': conf, ...others }), { words });
  return value ?? `! ${errors.map(({ message }) => render(message)).join('; ')}`;
}

describe('what decides', () => {
  it('is the last line, and earlier ones are not even looked at', () => {
    expect(ask('work_mem', 'work_mem = bogus\nwork_mem = 8MB\n')).toBe('8192');
  });

  it('but a line in other letters is looked at', () => {
    expect(ask('work_mem', 'WORK_MEM = bogus\nwork_mem = 8MB\n')).toBe('! invalid value for parameter "WORK_MEM": "bogus"');
    expect(ask('work_mem', 'work_mem = 4MB\nsort_mem = 8MB\n')).toBe('8192');
  });

  it('is postgresql.auto.conf over the file, and the command line over both', () => {
    const auto = { 'postgresql.auto.conf': "work_mem = '11MB'\n" };
    expect(ask('work_mem', 'work_mem = 3MB\n', [], auto)).toBe('11264');
    expect(ask('work_mem', 'work_mem = 3MB\n', ['-c', 'work_mem=9MB'], auto)).toBe('9216');
    expect(ask('work_mem', "data_directory = 'data'\n", [], { 'data/postgresql.auto.conf': 'work_mem = 5MB\n' })).toBe('5120');
  });

  it('is an include in its place', () => {
    const more = {
      'inc.conf': 'work_mem = 7MB\n',
      'conf.d/B.conf': 'work_mem = 2MB\n',
      'conf.d/a.conf': 'work_mem = 1MB\n',
      'conf.d/.x.conf': '!',
    };
    expect(ask('work_mem', "work_mem = 3MB\ninclude 'inc.conf'\n", [], more)).toBe('7168');
    expect(ask('work_mem', "include 'inc.conf'\nwork_mem = 3MB\n", [], more)).toBe('3072');
    expect(ask('work_mem', "include_dir 'conf.d'\n", [], more)).toBe('1024');
    expect(ask('work_mem', "include_if_exists 'none.conf'\n", [], more)).toBe('4096');
    expect(ask('work_mem', "include 'none.conf'\n", [], more)).toMatch(/^! could not open configuration file "none.conf"/);
    expect(ask('work_mem', "include 'postgresql.conf'\n")).toMatch(/^! configuration file recursion/);
    expect(ask('work_mem', "include 'a.conf'\n", [], { 'a.conf': "include 'postgresql.conf'\n" })).toMatch(
      /maximum nesting depth exceeded/,
    );
  });
});

describe('server arguments', () => {
  it.each([
    [['-c', 'work_mem=9MB'], '9216'],
    [['--work-mem=9MB'], '9216'],
    [['-cwork_mem=9MB'], '9216'],
    [['-S', '300'], '300'],
    [['-iS', '300'], '300'],
    [['-c', 'work_mem=9MB', '-S', '300'], '300'],
    [['-c', 'work_mem=12 MB'], '12288'],
    [['-c', "work_mem='9MB'"], `! invalid value for parameter "work_mem": "'9MB'"`],
    [['-c', 'work_mem = 9MB'], '! unrecognized configuration parameter "work_mem "'],
    [['-c', 'work_mem'], '! -c work_mem requires a value'],
    [['--work_mem', '9MB'], '! --work_mem requires a value'],
    [['stray', '-c', 'work_mem=9MB'], '! invalid argument: "stray"'],
    [['-z'], "! invalid option -- 'z'"],
    [['-c', 'foo.bar=1'], '4096'],
  ])('%j', (words, expected) => {
    expect(ask('work_mem', '', words)).toBe(expected);
  });
});

describe('a server that does not start', () => {
  it.each([
    ['foo = 1\nwork_mem = bogus\n', 'unrecognized configuration parameter "foo" in file "postgresql.conf" line 1'],
    ['x y z\nfoo = 1\n', 'syntax error in file "postgresql.conf" line 1, near token "z"'],
    ['max_connections = 262122\n', 'invalid value for parameter "max_connections": "262122"'],
    ["recovery_target = 'immediate'\nrecovery_target_xid = 5\n", 'multiple recovery targets specified'],
    ['checkpoint_segments = 3\n', 'unrecognized configuration parameter "checkpoint_segments" in file "postgresql.conf" line 1'],
  ])('says of %j why', (conf, expected) => {
    expect(ask('work_mem', conf)).toBe(`! ${expected}`);
  });

  it('is not one with an extension’s settings', () => {
    expect(ask('pg_stat_statements.max', 'pg_stat_statements.max = abc\n')).toBe('abc');
  });
});
