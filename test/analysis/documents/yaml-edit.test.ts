import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../../src/base/edit.ts';
import { fileId } from '../../../src/base/span.ts';
import {
  insertComment,
  insertItem,
  removePath,
  renameKey,
  replaceScalar,
  setPath,
  type YamlPath,
} from '../../../src/analysis/documents/yaml-edit.ts';
import type { NewValue } from '../../../src/analysis/documents/yaml-render.ts';
import { pairAt } from '../../../src/analysis/documents/yaml-search.ts';
import { pairOf, type YamlFile, type YamlNode } from '../../../src/analysis/documents/yaml-tree.ts';
import { parseYaml } from '../../../src/analysis/documents/yaml.ts';

const read = (text: string) => parseYaml({ file: fileId('c.yaml'), text });
const apply = (file: YamlFile, edits: readonly TextEdit[] | undefined) =>
  edits === undefined ? undefined : applyEdits(file.source.file, file.source.text, edits);
const node = (file: YamlFile, ...path: string[]) =>
  path.reduce<YamlNode | undefined>((inner, key) => pairOf(inner, key)?.value, file.documents[0]?.root)!;
const replaced = (text: string, value: string | number, flow = false) => {
  const file = read(text);
  return apply(file, replaceScalar(file, node(file, 'a'), value, { flow }));
};
const set = (text: string, path: YamlPath, value: NewValue, after?: string[]) => {
  const file = read(text);
  return apply(file, setPath(file, undefined, path, value, after === undefined ? {} : { after }));
};
const removed = (text: string, ...path: YamlPath) => {
  const file = read(text);
  return apply(file, removePath(file, undefined, path));
};

describe('replacing a scalar', () => {
  it.each([
    ['a: 64m # half\n', '88M', 'a: 88M # half\n'],
    ["a: '64m'\n", '88M', "a: '88M'\n"],
    ['a: "64m"\n', '88M', 'a: "88M"\n'],
    ['a: "0.5"\n', 0.75, 'a: "0.75"\n'],
    ['a: 0.5\n', 0.75, 'a: 0.75\n'],
    ['a: x\n', '0.75', 'a: "0.75"\n'],
    ["a: x\nb: 'y'\n", 'no', "a: 'no'\nb: 'y'\n"],
    ["a: 'x'\n", "it's", "a: 'it''s'\n"],
    ["a: 'x'\n", 'one\ntwo', 'a: "one\\ntwo"\n'],
    ['a: &m 64m\nb: *m\n', '88M', 'a: &m 88M\nb: *m\n'],
    ['a: !!str 64m\n', '88M', 'a: !!str 88M\n'],
    ['a:\nb: 1\n', '88M', 'a: 88M\nb: 1\n'],
    ['a: # nothing\nb: 1\n', '88M', 'a: 88M # nothing\nb: 1\n'],
    ['a: |\n  x\n  y\nb: 1\n', 'z', 'a: z\nb: 1\n'],
    ['a: x\n', 'k: v', 'a: "k: v"\n'],
    ['a: x\n', 'v # w', 'a: "v # w"\n'],
    ['a: x\n', '22:22', 'a: "22:22"\n'],
    ['a: x\n', '8080:80', 'a: 8080:80\n'],
    ['a: x\n', '', 'a: ""\n'],
  ])('%j with %j', (text, value, expected) => expect(replaced(text, value)).toBe(expected));

  it.each([
    ['{a: x}\n', 'v, w', '{a: "v, w"}\n'],
    ['{a: , b: 1}\n', 'v', '{a: v, b: 1}\n'],
    ['{a: x}\n', '${V:-1}', '{a: "${V:-1}"}\n'],
  ])('in brackets: %j with %j', (text, value, expected) => expect(replaced(text, value, true)).toBe(expected));
});

describe('setting a key', () => {
  it('goes to the end of the map, before a comment that follows', () => {
    expect(set('s:\n  a:\n    image: i # why\n    # later\n  b:\n', ['s', 'a', 'mem_limit'], '88M')).toBe(
      's:\n  a:\n    image: i # why\n    mem_limit: 88M\n    # later\n  b:\n',
    );
  });

  it('goes behind the keys that it belongs with', () => {
    expect(set('a:\n  image: i\n  ports:\n    - 80:80\n', ['a', 'mem_limit'], '88M', ['image', 'build'])).toBe(
      'a:\n  image: i\n  mem_limit: 88M\n  ports:\n    - 80:80\n',
    );
  });

  it('follows the step of the sibling maps, and of the file where there is no sibling', () => {
    expect(set('s:\n    a:\n        image: i\n', ['s', 'a', 'deploy', 'resources', 'limits', 'memory'], '88M')).toBe(
      's:\n    a:\n        image: i\n        deploy:\n            resources:\n                limits:\n                    memory: 88M\n',
    );
  });

  it('keeps CRLF and a missing line break at the end', () => {
    expect(set('a:\r\n  b: 1', ['a', 'c', 'd'], 2)).toBe('a:\r\n  b: 1\r\n  c:\r\n    d: 2');
  });

  it.each([
    ['a: {b: 1}\n', ['a', 'c'], 2, 'a: {b: 1, c: 2}\n'],
    ['a: {b: 1}\n', ['a', 'c', 'd'], '0.5', 'a: {b: 1, c: {d: "0.5"}}\n'],
    ['a: {\n  b: 1,\n  c: 2\n}\n', ['a', 'd'], 3, 'a: {\n  b: 1,\n  c: 2,\n  d: 3\n}\n'],
    ['a: {b: 1,}\n', ['a', 'c'], 2, 'a: {b: 1, c: 2,}\n'],
    ['{"a": {"b": 1}}', ['a', 'c'], 'x', '{"a": {"b": 1, "c": "x"}}'],
    ['a: {b: }\n', ['a', 'b', 'c'], 1, 'a: {b: {c: 1} }\n'],
    ['a: {b: {}}\n', ['a', 'b', 'c'], 1, 'a: {b: {c: 1}}\n'],
    ['a: {b}\n', ['a', 'b', 'c'], 1, 'a: {b: {c: 1}}\n'],
  ] as const)('in brackets: %j', (text, path, value, expected) => expect(set(text, path, value)).toBe(expected));

  it.each([
    ['a:\nb: 1\n', 'a:\n  x: 1\nb: 1\n'],
    ['a:', 'a:\n  x: 1'],
    ['a: # note\n  # more\nb: 1\n', 'a: # note\n  x: 1\n  # more\nb: 1\n'],
    ['a: {}\nb: 1\n', 'a:\n  x: 1\nb: 1\n'],
    ['a: {} # note\nb: 1\n', 'a: # note\n  x: 1\nb: 1\n'],
    ['a: null\n', 'a:\n  x: 1\n'],
    ['a: ~\r\n', 'a:\r\n  x: 1\r\n'],
    ['', 'a:\n  x: 1\n'],
    ['# only a comment\n', '# only a comment\na:\n  x: 1\n'],
    ['# only a comment', '# only a comment\na:\n  x: 1\n'],
    ['---\n', '---\na:\n  x: 1\n'],
  ])('where nothing is yet: %j', (text, expected) => expect(set(text, ['a', 'x'], 1)).toBe(expected));

  it('replaces what is there', () => {
    expect(set('a:\n  b: "1g" # c\n', ['a', 'b'], '2g')).toBe('a:\n  b: "2g" # c\n');
    expect(set('a: postgres\n', ['a'], ['postgres', '-c', 'x=1'])).toBe('a: [postgres, -c, x=1]\n');
    expect(set('a:\n  - x\n  - y\nb: 1\n', ['a'], ['z'])).toBe('a:\n  - z\nb: 1\n');
    expect(set('a:\n- x\nb: 1\n', ['a'], { c: { d: 1 } })).toBe('a:\n  c:\n    d: 1\nb: 1\n');
    expect(set('a: [x, y]\n', ['a'], ['z'])).toBe('a: [z]\n');
  });

  it('leaves a block text above as it was', () => {
    expect(set('a:\n  t: |+\n    x\n\n\nb: 1\n', ['a', 'k'], 1)).toBe('a:\n  t: |+\n    x\n\n\n  k: 1\nb: 1\n');
    expect(set('a:\n  t: |\n    x', ['a', 'k'], 1)).toBe('a:\n  k: 1\n  t: |\n    x');
  });

  it('does not write through an alias or over a merge key', () => {
    expect(set('x: &x {b: 1}\na: *x\n', ['a', 'c'], 1)).toBeUndefined();
    expect(set('x: &x {d: {l: 1}}\na:\n  <<: *x\n', ['a', 'd', 'm'], 1)).toBeUndefined();
    expect(set('x: &x {b: 1}\na:\n  <<: *x\n', ['a', 'c'], 1)).toBe('x: &x {b: 1}\na:\n  <<: *x\n  c: 1\n');
  });

  it('does not change what others repeat, unless that is meant', () => {
    const text = 's:\n  a: &a\n    i: 1\n  b:\n    <<: *a\n';
    expect(set(text, ['s', 'a', 'm'], 1)).toBeUndefined();
    expect(removed(text, 's', 'a', 'i')).toBeUndefined();
    const file = read(text);
    expect(apply(file, setPath(file, undefined, ['s', 'a', 'm'], 1, { shared: true }))).toBe(
      's:\n  a: &a\n    i: 1\n    m: 1\n  b:\n    <<: *a\n',
    );
  });

  it('goes behind a comment that belongs to what is above', () => {
    expect(set('a:\n  e:\n    A: 1\n    # B: 2\n\n    # C: 3\n  # m: 1\n', ['a', 'k'], 1)).toBe(
      'a:\n  e:\n    A: 1\n    # B: 2\n\n    # C: 3\n  k: 1\n  # m: 1\n',
    );
  });

  it('writes lists as the file does', () => {
    expect(set('p:\n- 1\na:\n  b: 1\n', ['a', 'c'], ['x', { k: 'v', w: 1 }])).toBe(
      'p:\n- 1\na:\n  b: 1\n  c:\n  - x\n  - k: v\n    w: 1\n',
    );
  });

  it('in a map that begins behind a dash', () => {
    expect(set('l:\n  - name: x\n', ['l', 0, 'env', 'A'], '1')).toBe('l:\n  - name: x\n    env:\n      A: "1"\n');
  });
});

describe('removing', () => {
  it.each([
    ['a:\n  b: 1\n  # about c\n  c: 2 # here\n  d: 3\n', ['a', 'c'], 'a:\n  b: 1\n  d: 3\n'],
    ['a:\n  b: 1\n\n  # a heading\n\n  c: 2\n', ['a', 'c'], 'a:\n  b: 1\n\n  # a heading\n\n'],
    ['a:\n  b: 1\n  c: 2', ['a', 'b'], 'a:\n  c: 2'],
    ['a:\n  b: 1\n  c: 2', ['a', 'c'], 'a:\n  b: 1\n'],
    ['a:\n  b: 1\nc: 2\n', ['a', 'b'], 'c: 2\n'],
    ['s:\n  i: x\n  d:\n    r:\n      l:\n        m: 1\n  e: 1\n', ['s', 'd', 'r', 'l', 'm'], 's:\n  i: x\n  e: 1\n'],
    ['t: |\n  x\na:\n    # in\n    b: 1\n    # end\nc: 1\n', ['a'], 't: |\n  x\nc: 1\n'],
    ['a: {b: 1, c: 2}\n', ['a', 'b'], 'a: {c: 2}\n'],
    ['a: {b: 1, c: 2}\n', ['a', 'c'], 'a: {b: 1}\n'],
    ['a: {b: 1, c: 2,}\n', ['a', 'c'], 'a: {b: 1,}\n'],
    ['x: 1\na: {b: {c: 1}}\n', ['a', 'b', 'c'], 'x: 1\n'],
    ['a: [x, y]\n', ['a', 0], 'a: [y]\n'],
    ['a:\n  - x\n  - y # z\n  - w\n', ['a', 1], 'a:\n  - x\n  - w\n'],
    ['a:\n  - k: 1\n    l: 2\n', ['a', 0, 'k'], 'a:\n  - l: 2\n'],
    ['a:\n  - k: 1 # c\n    # d\n    l: 2\n', ['a', 0, 'k'], 'a:\n  - # d\n    l: 2\n'],
    ['a: 1\r\nb: 2\r\n', ['a'], 'b: 2\r\n'],
    ['# c\na: 1\n', ['a'], '# c\n{}\n'],
    ['a: 1\n', ['b', 'c'], 'a: 1\n'],
  ] as const)('%j without %j', (text, path, expected) => expect(removed(text, ...path)).toBe(expected));

  it('leaves brackets where the emptied map must stay', () => {
    const file = read('s:\n  a: # the one\n    # limit\n    m: 1\n    # end\n  b: 2\n');
    expect(apply(file, removePath(file, node(file, 's', 'a'), ['m']))).toBe('s:\n  a: {} # the one\n    # end\n  b: 2\n');
  });

  it('keeps what others repeat', () => {
    expect(removed('a: &x {b: 1}\nc: *x\n', 'a')).toBeUndefined();
    expect(removed('a: {b: &x 1, c: *x}\nd: 1\n', 'a')).toBe('d: 1\n');
  });
});

describe('lists, comments and names', () => {
  it.each([
    ['a:\n  - x # y\nb: 1\n', 'a:\n  - x # y\n  - z\nb: 1\n'],
    ['a:\n- x', 'a:\n- x\n- z'],
    ['a: [x]\n', 'a: [x, z]\n'],
    ['a: []\n', 'a: [z]\n'],
    ['a: [\n  x,\n  y\n]\n', 'a: [\n  x,\n  y,\n  z\n]\n'],
  ])('an item: %j', (text, expected) => {
    const file = read(text);
    expect(apply(file, insertItem(file, node(file, 'a'), 'z'))).toBe(expected);
  });

  it('a comment stands above the line, never inside a text', () => {
    const comment = (text: string, ...path: string[]) => {
      const file = read(text);
      return apply(file, insertComment(file, node(file, ...path), 'headroom-ignore r -- why\nso'));
    };
    expect(comment('a:\r\n  b: 1\r\n', 'a', 'b')).toBe('a:\r\n  # headroom-ignore r -- why so\r\n  b: 1\r\n');
    expect(comment('a: {t: "x\n  y", b: 1}\n', 'a', 'b')).toBe('# headroom-ignore r -- why so\na: {t: "x\n  y", b: 1}\n');
  });

  it('a key gets another name in its own quotes', () => {
    const rename = (text: string, name: string) => {
      const file = read(text);
      return apply(file, renameKey(file, pairAt(file, { start: 0 })!, name));
    };
    expect(rename('a: 1\n', 'b')).toBe('b: 1\n');
    expect(rename("'a': 1\n", 'b')).toBe("'b': 1\n");
    expect(rename('a : 1\n', 'yes')).toBe('"yes" : 1\n');
  });
});
