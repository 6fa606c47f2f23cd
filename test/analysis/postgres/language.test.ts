import { describe, expect, it } from 'vitest';
import { parsePostgresConf } from '../../../src/analysis/documents/postgres/parse.ts';
import { settingsOf } from '../../../src/analysis/documents/postgres/settings.ts';
import { completeConf, type Completion } from '../../../src/analysis/postgres/completion.ts';
import { definitionAt } from '../../../src/analysis/postgres/definition.ts';
import { hoverConf } from '../../../src/analysis/postgres/hover.ts';
import { foldsOf, symbolsOf } from '../../../src/analysis/postgres/outline.ts';
import { settingCard } from '../../../src/analysis/postgres/setting-card.ts';
import { applyEdits } from '../../../src/base/edit.ts';
import { render } from '../../../src/base/message.ts';
import { fileId, slice } from '../../../src/base/span.ts';

const file = fileId('conf/postgresql.conf');
const parse = (text: string, version?: number) => parsePostgresConf({ file, text }, version);

/** `|` marks the cursor. */
function complete(marked: string, version?: number): readonly Completion[] {
  const offset = marked.indexOf('|');
  return completeConf(parse(marked.replace('|', ''), version), offset);
}

function accept(marked: string, label: string): string | undefined {
  const found = complete(marked).find((each) => each.label === label);
  return found && applyEdits(file, marked.replace('|', ''), [{ span: found.span, text: found.insert }]);
}

describe('completion', () => {
  it('offers every name that the version knows, and none that it does not', () => {
    const labels = (version: number): readonly string[] => complete('|', version).map(({ label }) => label);
    expect(labels(15)).toContain('shared_buffers');
    expect(labels(15)).not.toContain('io_method');
    expect(labels(18)).toContain('io_method');
    expect(labels(15)).not.toContain('block_size');
    expect(labels(15)).toContain('include_dir');
  });

  it('writes the equals sign unless a value is there already', () => {
    expect(accept('work|', 'work_mem')).toBe('work_mem = ');
    expect(accept('  wo|rk = 4MB', 'work_mem')).toBe('  work_mem = 4MB');
    expect(accept('|', 'include')).toBe("include ''");
  });

  it.each([
    ['wal_level = |', 'logical', 'wal_level = logical'],
    ["wal_level = 'rep|'", 'replica', 'wal_level = replica'],
    ['fsync = o|', 'on', 'fsync = on'],
    ['work_mem = 16|', '16MB', 'work_mem = 16MB'],
    ['checkpoint_timeout 15|m', '15min', 'checkpoint_timeout 15min'],
    ['default_transaction_isolation = |', 'read committed', "default_transaction_isolation = 'read committed'"],
  ])('of %s with %s gives %s', (marked, label, expected) => {
    expect(accept(marked, label)).toBe(expected);
  });

  it('says nothing in comments, for unknown names and behind free text', () => {
    for (const marked of ['# work|', 'nonsense = |', "listen_addresses = '|'", 'work_mem = 4MB # |'])
      expect(complete(marked)).toEqual([]);
  });

  it('marks what the file has already', () => {
    const used = complete('work_mem = 4MB\n|').filter((each) => each.used);
    expect(used.map(({ label }) => label)).toEqual(['work_mem']);
  });
});

describe('hover', () => {
  const lines = (text: string, offset = 3): readonly string[] =>
    hoverConf(parse(text), offset)?.card.lines.map((line) => render(line)) ?? [];

  it('says what a bare number comes to, and what it costs in this container', () => {
    expect(lines('shared_buffers = 4096\n# headroom: limit=128M\n')).toEqual([
      'Memory that all sessions share for pages of tables and indexes; about a quarter of the limit.',
      'Here: 32MB',
      'Default: 128MB',
      'From 128kB to 8192 GiB',
      'A change needs a restart.',
      'Memory',
      'Memory: 33 MiB, 26 % of the limit of 128 MiB; filled little by little and never given back.',
    ]);
  });

  it('links to the manual of the version', () => {
    expect(hoverConf(parse('wal_level = replica', 16), 2)?.card.manual).toBe(
      'https://www.postgresql.org/docs/16/runtime-config-wal.html#GUC-WAL-LEVEL',
    );
  });

  it('has words for every setting of every version', () => {
    for (const version of [undefined, 10, 15, 18]) {
      for (const definition of settingsOf(version).all()) {
        const { lines: said, manual } = settingCard(definition, parse('', version));
        expect(said.length, definition.name).toBeGreaterThan(2);
        for (const line of said) expect(render(line)).not.toMatch(/\{\w+\}|undefined|NaN/);
        expect(manual).toMatch(/^https:\/\/www\.postgresql\.org\/docs\/[\w]+\/[\w-]+\.html#GUC-[A-Z0-9-]+$/);
      }
    }
  });

  it('says nothing where nothing stands', () => {
    expect(hoverConf(parse('# comment\nwork_mem = 1MB\n'), 3)).toBeUndefined();
    expect(hoverConf(parse('nonsense = 1\n'), 3)).toBeUndefined();
  });
});

describe('outline', () => {
  const text =
    '#-----------------\n# RESOURCES\n#-----------------\n\n# - Memory -\n\nwork_mem = 1MB\n\n#------------------\n# WAL\n#------------------\nfsync = on\n';

  it('follows the headings of the sample file', () => {
    expect(
      symbolsOf(parse(text)).map(({ name, children }) => [name, children.map((child) => `${child.name} ${child.detail}`)]),
    ).toEqual([
      ['RESOURCES', []],
      ['Memory', ['work_mem 1MB']],
      ['WAL', ['fsync on']],
    ]);
    expect(foldsOf(parse(text)).map((span) => slice(text, span).split('\n').at(-1))).toEqual([
      '#-----------------',
      'work_mem = 1MB',
      'fsync = on',
    ]);
  });

  it('lists settings plainly where there are no headings', () => {
    expect(symbolsOf(parse("include 'a.conf'\nport = 1\n")).map(({ name, kind }) => [name, kind])).toEqual([
      ['include', 'include'],
      ['port', 'setting'],
    ]);
  });
});

it('leads from an include to its file', () => {
  const conf = parse("include 'conf.d/memory.conf'\ninclude_dir '../more'\n");
  expect(definitionAt(conf, 12)).toMatchObject({ target: 'conf/conf.d/memory.conf', folder: false });
  expect(definitionAt(conf, 45)).toMatchObject({ target: 'more', folder: true });
  expect(definitionAt(conf, 2)).toBeUndefined();
});
