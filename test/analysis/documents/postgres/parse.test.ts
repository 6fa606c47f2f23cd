import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePostgresConf } from '../../../../src/analysis/documents/postgres/parse.ts';
import { quoteIfNeeded } from '../../../../src/analysis/documents/postgres/quoting.ts';
import { fileId, slice } from '../../../../src/base/span.ts';

const file = fileId('postgresql.conf');
const parse = (text: string) => parsePostgresConf({ file, text });

/** `name=value` of every setting, `directive:path` of every include, `!token` of every line that can't be read. */
function read(text: string): readonly string[] {
  const { entries, problems } = parse(text);
  return [
    ...entries.map((entry) => (entry.kind === 'setting' ? `${entry.name}=${entry.value}` : `${entry.directive}:${entry.path}`)),
    ...problems.map(({ near }) => `!${near ?? ''}`),
  ];
}

describe('the grammar of postgresql.conf', () => {
  it.each([
    ['work_mem = 8MB', 'work_mem=8MB'],
    ['work_mem 8MB', 'work_mem=8MB'],
    ['\twork_mem=8MB#c', 'work_mem=8MB'],
    ['Work_Mem = 8MB\r', 'Work_Mem=8MB'],
    ["cluster_name = 'it''s \\'so\\' \\101\\303\\244\\n'", "cluster_name=it's 'so' Aä\n"],
    ["cluster_name = '#no comment'", 'cluster_name=#no comment'],
    ['cluster_name = a.b:c/d-e', 'cluster_name=a.b:c/d-e'],
    ['cluster_name = a.b.c', 'cluster_name=a.b.c'],
    ['ünïcode = ß', 'ünïcode=ß'],
    ['ext.name = 1', 'ext.name=1'],
    ['x = 1.0e4', 'x=1.0e4'],
    ['x = .', 'x=.'],
    ['x = 0x1FkB', 'x=0x1FkB'],
    ["include 'a b.conf'", 'include:a b.conf'],
    ['INCLUDE_IF_EXISTS = none', 'include_if_exists:none'],
    ["include_dir 'conf.d' # more", 'include_dir:conf.d'],
  ])('reads %j', (line, expected) => {
    expect(read(line)).toEqual([expected]);
  });

  it.each([
    ['work_mem = 8 MB', 'MB'],
    ['work_mem = 1.5GB', 'GB'],
    ['work_mem = 1e4', '4'],
    ['work_mem = "8MB"', '"'],
    ['work_mem == 8MB', '='],
    ['work_mem: 8MB', 'work_mem:'],
    ['work-mem = 8MB', 'work-mem'],
    ['work_mem = 10%', '%'],
    ['listen_addresses = *', '*'],
    ['x = a,b', ','],
    ['x = /var', '/'],
    ['x = 192.168.1.1', '.1'],
    ['x = a.b', 'a.b'],
    ["x = 'open", "'"],
    ["x = 'a''b", "'"],
    ["x = 'a' 'b'", "'b'"],
    ['x = 8MB ;', ';'],
    ['a.b.c = 1', 'a.b.c'],
    ["'x' = 1", "'x'"],
    ['-- comment', '-'],
    ['x\f1', '\f'],
    ['x = 8MB\0', ''],
    ['x', ''],
    ['x =', ''],
    ['x = # nothing', ''],
  ])('stops in %j at %j', (line, token) => {
    expect(read(`${line}\nport = 1\n`)).toEqual(['port=1', `!${token}`]);
  });

  it('gives a file up after a hundred mistakes, as the server does', () => {
    const { entries, problems } = parse('= x\n'.repeat(120) + 'port = 1\n');
    expect([entries.length, problems.length, problems.at(-1)?.last]).toEqual([0, 100, true]);
  });

  it('counts lines and knows where everything stands', () => {
    const text = "# one\n\nwork_mem = '8MB' # why\n";
    const [entry] = parse(text).entries;
    expect(entry).toMatchObject({ line: 3, comment: 'why', quoting: 'quoted' });
    expect(
      entry?.kind === 'setting' && [slice(text, entry.nameSpan), slice(text, entry.valueSpan), slice(text, entry.span)],
    ).toEqual(['work_mem', "'8MB'", "work_mem = '8MB'"]);
  });

  it('reads anything without an exception, and every span lies in the text', () => {
    const piece = fc.constantFrom(
      'work_mem',
      '=',
      ' ',
      "'",
      '\\',
      '\n',
      '#',
      '8MB',
      '.',
      '"',
      '\r',
      '\0',
      'ä',
      '-',
      "''",
      '0x',
      '1.5',
      'include',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const { entries, problems } = parse(text);
          for (const { span } of [...entries, ...problems]) {
            expect(span.start).toBeLessThanOrEqual(span.end);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads back whatever it quotes', () => {
    fc.assert(
      fc.property(
        fc.string().filter((value) => !value.includes('\0')),
        (value) => {
          expect(read(`x = ${quoteIfNeeded(value)}\n`)).toEqual([`x=${value}`]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('reads a megabyte of nonsense in no time', () => {
    const started = performance.now();
    for (const text of ["'".repeat(1_000_000), 'work_mem = 8MB\n'.repeat(70_000), `x = '${"''\\".repeat(300_000)}`]) parse(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
