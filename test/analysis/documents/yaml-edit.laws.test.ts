import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applyEdits, conflicts } from '../../../src/base/edit.ts';
import { fileId } from '../../../src/base/span.ts';
import { insertComment, removePath, setPath, type Edits, type YamlPath } from '../../../src/analysis/documents/yaml-edit.ts';
import type { NewValue } from '../../../src/analysis/documents/yaml-render.ts';
import type { YamlFile } from '../../../src/analysis/documents/yaml-tree.ts';
import { parseYaml } from '../../../src/analysis/documents/yaml.ts';

/** A document as some hand would write it: a tree of plain data and the way to lay it out. */
type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

interface Hand {
  readonly step: number;
  readonly dash: number;
  readonly eol: string;
  readonly lastBreak: boolean;
  /** Drawn one after the other wherever there is a choice. */
  readonly whims: readonly number[];
}

const keys = fc.constantFrom('image', 'mem_limit', 'deploy', 'a', 'b-c', 'x y', 'yes', '12', 'quoted"key', 'ä');
const scalars = fc.oneof(
  fc.constantFrom(
    '64M',
    'redis:7',
    '80:80',
    '22:22',
    'no',
    '',
    ' x',
    'a: b',
    'c # d',
    '- e',
    '[f',
    "it's",
    'two\nlines',
    '1e3',
    '0x1F',
    'ü',
  ),
  fc.string({ maxLength: 8, unit: 'grapheme-ascii' }),
  fc.integer({ min: -999, max: 99_999 }),
  fc.boolean(),
  fc.constant(null),
);
const trees = fc.letrec<{ tree: Data; map: Data }>((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, scalars, tie('map'), fc.array(tie('tree'), { maxLength: 3 })),
  map: fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
}));
const hands: fc.Arbitrary<Hand> = fc.record({
  step: fc.constantFrom(1, 2, 3, 4),
  dash: fc.constantFrom(0, 2, 4),
  eol: fc.constantFrom('\n', '\r\n'),
  lastBreak: fc.boolean(),
  whims: fc.array(fc.nat(99), { minLength: 7, maxLength: 23 }),
});
const documents = fc
  .tuple(trees.map, hands)
  .map(([tree, hand]) => ({ tree: tree as Record<string, Data>, text: write(tree as Record<string, Data>, hand), hand }));

describe('whatever the document and the hand that wrote it', () => {
  it('the generator writes what it means', () => {
    fc.assert(
      fc.property(documents, ({ tree, text }) => {
        expect(parse(text)).toEqual(tree);
      }),
      { numRuns: 500 },
    );
  });

  it('a value that is set is read again, all else as before', () => {
    fc.assert(
      fc.property(
        documents,
        fc.array(keys, { minLength: 1, maxLength: 4 }),
        fc.oneof(scalars, trees.tree),
        ({ tree, text, hand }, path, value) => {
          const file = read(text);
          const after = apply(file, setPath(file, undefined, path, value));
          if (after === undefined) return;
          expect(parse(after)).toEqual(withValue(tree, path, keptQuotes(tree, path, value)));
          expect(read(after).problems).toEqual([]);
          if (hand.eol === '\r\n' && text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
          expect(setAgain(after, path, value)).toBe(after);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('setting a scalar can always be done where no other kind of value is in the way', () => {
    fc.assert(
      fc.property(documents, keys, keys, scalars, ({ tree, text }, one, other, value) => {
        const file = read(text);
        const inner = Object.hasOwn(tree, one) ? tree[one] : undefined;
        fc.pre(inner === undefined || inner === null || (typeof inner === 'object' && !Array.isArray(inner)));
        expect(setPath(file, undefined, [one, other], value)).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  it('what is removed is gone, all else as before, and every line that stays stays as it was', () => {
    fc.assert(
      fc.property(documents, fc.nat(), ({ tree, text }, pick) => {
        const paths = pathsOf(tree);
        fc.pre(paths.length > 0);
        const path = paths[pick % paths.length]!;
        const file = read(text);
        const after = apply(file, removePath(file, undefined, path));
        expect(after === undefined ? undefined : (parse(after) as unknown)).toEqual(withoutValue(tree, path));
        expect(read(after!).problems).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('a new key leaves every line that was there', () => {
    fc.assert(
      fc.property(documents, ({ text }) => {
        const file = read(text);
        const after = apply(file, setPath(file, undefined, ['new', 'limits', 'memory'], '88M'))!;
        expect(
          isSubsequence(
            text.split(/\r?\n/).filter((line) => line !== '' && line !== '{}'),
            after.split(/\r?\n/),
          ),
        ).toBe(true);
        const again = read(after);
        expect(parse(apply(again, removePath(again, undefined, ['new', 'limits', 'memory']))!) ?? {}).toEqual(parse(text) ?? {});
      }),
      { numRuns: 500 },
    );
  });

  it('a comment changes no value', () => {
    fc.assert(
      fc.property(documents, fc.nat(), ({ tree, text }, pick) => {
        const file = read(text);
        const starts = starts_(file);
        fc.pre(starts.length > 0);
        const after = apply(file, insertComment(file, { start: starts[pick % starts.length]! }, 'headroom-ignore x -- y'))!;
        expect(parse(after) ?? {}).toEqual(tree);
        expect(after).toContain('# headroom-ignore x -- y');
      }),
      { numRuns: 1000 },
    );
  });
});

function read(text: string): YamlFile {
  return parseYaml({ file: fileId('c.yaml'), text });
}

function apply(file: YamlFile, edits: Edits): string | undefined {
  if (edits === undefined) return undefined;
  for (const [index, one] of edits.entries())
    for (const other of edits.slice(index + 1)) expect(conflicts(one, other)).toBe(false);
  return applyEdits(file.source.file, file.source.text, edits);
}

function setAgain(text: string, path: YamlPath, value: NewValue): string | undefined {
  const file = read(text);
  const after = apply(file, setPath(file, undefined, path, value));
  // What was replaced as a whole may be laid out anew once; what it says doesn't change.
  return after !== undefined && JSON.stringify(parse(after)) === JSON.stringify(parse(text)) ? text : after;
}

function starts_(file: YamlFile): number[] {
  const open = file.documents.flatMap(({ root }) => root ?? []);
  const found: number[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node.start);
    if (node.kind === 'map') open.push(...node.pairs.flatMap(({ key, value }) => [key, value]));
    if (node.kind === 'list') open.push(...node.items);
  }
  return found;
}

function isMap(data: Data | undefined): data is Readonly<Record<string, Data>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** Something that stood in quotes keeps them, and is text. Block texts count as well: their style can't hold a number. */
function keptQuotes(data: Data, path: readonly string[], value: unknown): unknown {
  const old = path.reduce<Data | undefined>(
    (inner, key) => (isMap(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    data,
  );
  return typeof old === 'string' && (typeof value !== 'object' || value === null) && typeof value !== 'string'
    ? expect.toSatisfy((now) => now === value || now === String(value))
    : value;
}

function withValue(data: Data, [head, ...rest]: readonly string[], value: unknown): unknown {
  if (head === undefined) return value;
  const inner = isMap(data) ? data : {};
  return { ...inner, [head]: withValue(Object.hasOwn(inner, head) ? (inner[head] ?? {}) : {}, rest, value) };
}

function pathsOf(data: Data): (string | number)[][] {
  const entries: (readonly [string | number, Data])[] = isMap(data)
    ? Object.entries(data)
    : Array.isArray(data)
      ? [...(data as Data[]).entries()]
      : [];
  return entries.flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((path) => [key, ...path])]);
}

/** The entry is gone, and with it what held nothing else; the outermost map stays. */
function withoutValue(data: Data, path: readonly (string | number)[], outer = true): unknown {
  const [head, ...rest] = path;
  const size = isMap(data) ? Object.keys(data).length : (data as readonly Data[]).length;
  const inner = rest.length === 0 ? undefined : withoutValue((data as Record<string | number, Data>)[head!]!, rest, false);
  if (inner === undefined && size === 1 && !outer) return undefined;
  if (isMap(data)) {
    const kept = Object.entries(data).filter(([key]) => inner !== undefined || key !== String(head));
    return Object.fromEntries(kept.map(([key, old]) => [key, key === String(head) ? inner : old]));
  }
  const items = [...(data as readonly unknown[])];
  items.splice(Number(head), 1, ...(inner === undefined ? [] : [inner]));
  return items;
}

function isSubsequence(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const line of all) if (line === some[at]) at++;
  return at === some.length;
}

/** Lays the tree out: blocks and brackets, quotes of all kinds, comments and blank lines where the whims have them. */
function write(tree: Record<string, Data>, hand: Hand): string {
  let drawn = 0;
  const whim = (of: number) => (hand.whims[drawn++ % hand.whims.length]! + Math.floor(drawn / hand.whims.length)) % of;
  const scalar = (value: string | number | boolean | null, flow: boolean, column: number): string => {
    if (typeof value !== 'string') return String(value);
    if (!flow && /^[\w ]+(?:\n[\w ]+)*$/.test(value) && value.trim() === value && whim(3) === 0) {
      return [`|-`, ...value.split('\n').map((line) => ' '.repeat(column + hand.step) + line)].join('\n');
    }
    if (/^[A-Za-zü][\w.ü]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value) && whim(2) === 0)
      return value;
    return /^[\x20-\x7eü]*$/.test(value) && whim(2) === 0 ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
  };
  const inline = (value: Data): string => {
    const pad = whim(3) === 0 ? ' ' : '';
    if (Array.isArray(value))
      return `[${pad}${value.map((item: Data) => inline(item)).join(whim(2) === 0 ? ', ' : ' , ')}${pad}]`;
    if (isMap(value))
      return `{${pad}${Object.entries(value)
        .map(([key, inner]) => `${scalar(key, true, 0)}: ${inline(inner)}`)
        .join(', ')}${pad}}`;
    return scalar(value as string, true, 0);
  };
  const remark = (column: number) =>
    whim(6) === 0 ? ['', `${' '.repeat(column)}# ${['x: 1', 'why', "it's"][whim(3)]!}`] : whim(7) === 0 ? [''] : [];
  const tail = (text: string) => (!text.includes('\n') && whim(5) === 0 ? ' # note' : '');
  const under = (head: string, value: Data, column: number): string[] => {
    const empty = isMap(value) ? Object.keys(value).length === 0 : Array.isArray(value) && value.length === 0;
    if ((isMap(value) || Array.isArray(value)) && !empty && whim(3) > 0) {
      return [
        `${head}${tail('')}`,
        ...(isMap(value) ? block(value, column + hand.step) : list(value as Data[], column + hand.dash)),
      ];
    }
    if (value === null && whim(2) === 0) return [`${head}${tail('')}`];
    const source = isMap(value) || Array.isArray(value) ? inline(value) : scalar(value as string, false, column);
    return [`${head} ${source}${tail(source)}`];
  };
  const block = (map: Readonly<Record<string, Data>>, column: number): string[] =>
    Object.entries(map).flatMap(([key, value]) => [
      ...remark(column),
      ...under(`${' '.repeat(column)}${keyOf(key)}:`, value, column),
    ]);
  const list = (items: readonly Data[], column: number): string[] =>
    items.flatMap((item) => {
      if (isMap(item) && Object.keys(item).length > 0 && whim(2) === 0) {
        const [first, ...rest] = block(item, column + 2).filter((line) => line !== '' && !line.trimStart().startsWith('#'));
        return [`${' '.repeat(column)}- ${first!.trimStart()}`, ...rest];
      }
      return [
        `${' '.repeat(column)}- ${isMap(item) || Array.isArray(item) ? inline(item) : scalar(item as string, true, column)}`,
      ];
    });
  const keyOf = (key: string) => (/^(?:a|image|mem_limit|deploy|b-c|ä)$/.test(key) ? key : scalar(key, true, 0));
  const lines = Object.keys(tree).length === 0 ? ['{}'] : block(tree, 0);
  return lines.join('\n').replaceAll('\n', hand.eol) + (hand.lastBreak ? hand.eol : '');
}
