import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, conflicts } from '../../src/base/edit.ts';
import { message, render } from '../../src/base/message.ts';
import { nearest } from '../../src/base/nearest.ts';
import { folderOf, isWithin, joinPath, nameOf } from '../../src/base/path.ts';
import { LineIndex } from '../../src/base/position.ts';
import { fileId, span } from '../../src/base/span.ts';

const file = fileId('/w/a.yml');

describe('positions', () => {
  it('turn into offsets and back, whatever ends the lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '😀', ' ') }), fc.nat(), (text, seed) => {
        const index = new LineIndex(text);
        const offset = text.length === 0 ? 0 : seed % (text.length + 1);
        // Between CR and LF there is no position: the editor has none either.
        fc.pre(!(text[offset - 1] === '\r' && text[offset] === '\n'));
        expect(index.offset(index.position(offset))).toBe(offset);
      }),
    );
  });

  it('count lines as editors do', () => {
    const index = new LineIndex('a\r\nb\rc\nd');
    expect([0, 3, 5, 7].map((offset) => index.position(offset).line)).toEqual([0, 1, 2, 3]);
  });
});

describe('edits', () => {
  const edit = (start: number, end: number, text: string) => ({ span: span(file, start, end), text });

  it('apply in any order and leave every other byte', () => {
    expect(applyEdits(file, 'mem_limit: 64M', [edit(11, 14, '88M'), edit(0, 0, '# ')])).toBe('# mem_limit: 88M');
  });

  it('keep out of files that they are not for', () => {
    expect(applyEdits(fileId('/w/b.yml'), 'text', [edit(0, 4, 'gone')])).toBe('text');
  });

  it('conflict when they overlap or insert at one place', () => {
    expect(conflicts(edit(0, 4, ''), edit(3, 5, ''))).toBe(true);
    expect(conflicts(edit(2, 2, 'a'), edit(2, 2, 'b'))).toBe(true);
    expect(conflicts(edit(0, 2, ''), edit(2, 4, ''))).toBe(false);
  });
});

describe('paths', () => {
  it.each([
    ['/w/stack', 'conf/pg.conf', '/w/stack/conf/pg.conf'],
    ['/w/stack', '../pg.conf', '/w/pg.conf'],
    ['/w/stack', './a/./b', '/w/stack/a/b'],
    ['/w/stack', '/etc/pg.conf', '/etc/pg.conf'],
    ['/w', '../../..', '/'],
    ['file:///w/stack', '../pg.conf', 'file:///w/pg.conf'],
    ['vscode-vfs://github/o/r', 'compose.yml', 'vscode-vfs://github/o/r/compose.yml'],
    ['C:/w', '..\\x', 'C:/w/..\\x'],
    ['stack', '../pg.conf', 'pg.conf'],
  ])('from %s, %s leads to %s', (folder, path, result) => {
    expect(joinPath(fileId(folder), path)).toBe(result);
  });

  it('never climb out of their root', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', 'a', 'b'), { maxLength: 12 }), (parts) => {
        expect(joinPath(fileId('vscode-vfs://github/o/r'), parts.join('/'))).toMatch(/^vscode-vfs:\/\/github\//);
      }),
    );
  });

  it('know their folder and name', () => {
    expect(folderOf(fileId('file:///w/compose.yml'))).toBe('file:///w');
    expect(folderOf(fileId('/compose.yml'))).toBe('/');
    expect(nameOf(fileId('file:///w/compose.yml'))).toBe('compose.yml');
    expect(isWithin(fileId('/w'), fileId('/w/a'))).toBe(true);
    expect(isWithin(fileId('/w'), fileId('/wide/a'))).toBe(false);
  });
});

describe('messages', () => {
  it('fill their holes after translation and leave unknown ones standing', () => {
    const translate = (english: string): string => (english === 'Limit {name}' ? '{name} begrenzen' : english);
    expect(render(message('Limit {name}', { name: 'db' }), translate)).toBe('db begrenzen');
    expect(render(message('Why {that}?'))).toBe('Why {that}?');
  });
});

describe('a near miss', () => {
  it('is told from a stranger', () => {
    expect(nearest('shared_bufers', ['shared_buffers', 'work_mem'])).toBe('shared_buffers');
    expect(nearest('wrok_mem', ['shared_buffers', 'work_mem'])).toBe('work_mem');
    expect(nearest('zebra', ['shared_buffers', 'work_mem'])).toBeUndefined();
  });
});
