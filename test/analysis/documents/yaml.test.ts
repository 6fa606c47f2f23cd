import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuickly } from '../../../src/analysis/documents/yaml-quick.ts';
import { onItsOwnLine, pairOf, type YamlNode } from '../../../src/analysis/documents/yaml-tree.ts';
import { parseThoroughly, parseYaml } from '../../../src/analysis/documents/yaml.ts';
import { fileId } from '../../../src/base/span.ts';

const source = (text: string) => ({ file: fileId('a.yaml'), text });
const parse = (text: string) => parseYaml(source(text));
const root = (text: string) => parse(text).documents[0]?.root;
const codes = (text: string) => parse(text).problems.map(({ code }) => code);
const slice = (text: string, node: YamlNode | undefined) => text.slice(node?.start, node?.end);

describe('a tree', () => {
  it.each([
    ['a: plain text # c', 'plain text', 'plain text'],
    ['a: "q \\u0041"', '"q \\u0041"', 'q A'],
    ["a: 'it''s'", "'it''s'", "it's"],
    ['a: |\n  one\n  two\n\nb: 1\n', '|\n  one\n  two', 'one\ntwo\n'],
    ['a: >-\n  one\n  two\n', '>-\n  one\n  two', 'one two'],
    ['a: one\n  two\n', 'one\n  two', 'one two'],
    ['a:\nb: 1', '', ''],
  ])('keeps the place and the text of a scalar: %j', (text, written, meant) => {
    const value = pairOf(root(text), 'a')?.value;
    expect(slice(text, value)).toBe(written);
    expect(value).toMatchObject({ kind: 'scalar', text: meant });
  });

  it('knows tags, anchors and what aliases repeat', () => {
    const node = root('a: &x !reset [1]\nb: *x\n');
    expect(pairOf(node, 'a')?.value).toMatchObject({ kind: 'list', anchor: 'x', tag: '!reset', start: 13, outerStart: 3 });
    expect(pairOf(node, 'b')?.value).toMatchObject({ kind: 'alias', name: 'x', target: { kind: 'list' } });
  });

  it('has every comment in order, and tells which have a line to themselves', () => {
    const text = '# one\na: 1 # two\nb: [x, # three\n  y]\n  # four\n';
    const { comments } = parse(text);
    expect(comments.map((comment) => [text.slice(comment.start, comment.end), onItsOwnLine(text, comment)])).toEqual([
      ['# one', true],
      ['# two', false],
      ['# three', false],
      ['# four', true],
    ]);
  });

  it('has one root for each document', () => {
    expect(parse('a: 1\n---\nb: 2\n...\n').documents.map(({ root: node }) => node?.kind)).toEqual(['map', 'map']);
    expect(parse('# nothing\n').documents.every(({ root: node }) => node === undefined)).toBe(true);
  });

  it('copes with CRLF, a byte order mark and a missing last line break', () => {
    const text = '\uFEFFa: 1\r\nb:\r\n  - "x"';
    expect(codes(text)).toEqual([]);
    expect(slice(text, pairOf(root(text), 'a')?.value)).toBe('1');
    expect(slice(text, pairOf(root(text), 'b')?.value)).toBe('- "x"');
  });
});

describe('problems', () => {
  it.each([
    ['a: 1\na: 2\n', 'yaml-duplicate-key'],
    ['{a: 1, a: 2}\n', 'yaml-duplicate-key'],
    ['a: *nope\n', 'yaml-unknown-alias'],
    ['a: &x [*x]\n', 'yaml-alias-cycle'],
    ['a:\n\tb: 1\n', 'yaml-invalid'],
    ['a: b: c\n', 'yaml-invalid'],
    ['a: [1, 2\n', 'yaml-invalid'],
    ['a: "open\n', 'yaml-invalid'],
    ['a: 1\n  b: 2\n', 'yaml-invalid'],
    ['a: 1\nb\n', 'yaml-invalid'],
    ['a: @x\n', 'yaml-invalid'],
  ])('are found in %j', (text, code) => {
    expect(codes(text)).toContain(code);
  });

  it('leave the rest of the file readable', () => {
    expect(pairOf(root('a: [1\nb: 2\nc: {x: 1}\n'), 'a')).toBeDefined();
  });
});

describe('the short way', () => {
  const piece = fc.constantFrom(
    'a',
    'b c',
    'image',
    ': ',
    ':',
    ' ',
    '  ',
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    '-',
    '"',
    "'",
    '#',
    ' # c',
    '{',
    '}',
    '[',
    ']',
    ',',
    ', ',
    '&x ',
    '*x',
    '|\n',
    '>-\n',
    '<<: *x',
    '!t ',
    '?',
    '\\',
    '1',
    '.5',
    '$',
    '${A:-b}',
    '/x',
    '@',
    '%',
    '~',
    '---\n',
    '\t',
    '\r\n',
  );
  const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const lines = fc
    .array(
      fc.tuple(
        fc.nat(3),
        fc.constantFrom(
          'a: 1',
          'b:',
          'c: [x, "y"]',
          '- z',
          '- k: v',
          'd: |',
          'e: &x',
          'f: *x',
          '"q": \'s\'',
          '# c',
          '',
          'text',
          'g: {h: i}',
          '- ["l",',
          ']',
        ),
      ),
      { maxLength: 12 },
    )
    .map((all) => all.map(([depth, text]) => ' '.repeat(depth * 2) + text).join('\n'));

  it('leaves spaces at the very end of a text block to the long way', () => {
    expect(parseQuickly(source('d: |\n  a: 1\n   '))).toBeUndefined();
    expect(parseYaml(source('d: |\n  a: 1\n   ')).documents[0]?.root).toMatchObject({
      pairs: [{ value: { text: 'a: 1\n \n' } }],
    });
  });

  it('builds what the long way builds, or leaves it to that', () => {
    fc.assert(
      fc.property(fc.oneof(texts, lines), fc.boolean(), (written, windows) => {
        const text = windows ? written.replace(/\r?\n/g, '\r\n') : written;
        const quick = parseQuickly(source(text));
        if (quick !== undefined) expect(quick).toEqual(parseThoroughly(source(text)));
      }),
      { numRuns: 5000 },
    );
  });

  it('is taken for what people write', () => {
    const text = [
      '# A stack',
      'x-base: &base',
      '  restart: always',
      'services:',
      '  web:',
      '    <<: *base',
      '    image: "nginx:1.27" # pinned',
      "    command: ['nginx', '-g', 'daemon off;']",
      '    ports:',
      '    - 80:80',
      '    environment: {A: 1, B: "x y"}',
      '    healthcheck:',
      '      test: >-',
      '        curl -f',
      '        http://localhost',
      '      interval: 30s',
      'volumes:',
      '  data:',
      '',
    ].join('\n');
    expect(parseQuickly(source(text))).toBeDefined();
    expect(parseQuickly(source(`---\n${text}`))).toBeDefined();
  });
});
