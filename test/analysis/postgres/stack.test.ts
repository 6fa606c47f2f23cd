import { describe, expect, it } from 'vitest';
import { checkPostgres } from '../../../src/analysis/postgres/check-postgres.ts';
import { effectiveSettings, effectiveValues } from '../../../src/analysis/postgres/effective.ts';
import { linkPostgres, type PostgresLink } from '../../../src/analysis/postgres/link.ts';
import { applyEdits } from '../../../src/base/edit.ts';
import { render } from '../../../src/base/message.ts';
import { slice } from '../../../src/base/span.ts';
import type { ConfFiles } from '../../../src/analysis/documents/postgres/conf-files.ts';
import type { Finding } from '../../../src/analysis/rules/rule.ts';
import { checkText, composeFile, filesOf, nothingKnown } from '../rules/check-text.ts';

interface Looked {
  readonly findings: readonly Finding[];
  readonly files: ConfFiles;
  readonly link: PostgresLink;
  readonly text: string;
}

function look(text: string, others: Readonly<Record<string, string>> = {}): Looked {
  const checked = checkText(text, { others });
  const files: ConfFiles = { ...filesOf({ 'compose.yml': text, ...others }), list: () => ({ kind: 'missing' }) };
  const memory = checked.memory();
  const judgement = { surroundings: nothingKnown, rules: new Map(), project: undefined };
  const { findings } = checkPostgres(checked.stack, memory, files, judgement);
  const server = memory.find(({ runtime }) => runtime === 'postgres');
  if (server === undefined) throw new Error('no PostgreSQL in this stack');
  return { findings, files, link: linkPostgres(server.inputs), text };
}

const ids = ({ findings }: Looked): readonly string[] => [...new Set(findings.map(({ rule }) => rule))].sort();

const withConf = (rest = ''): string =>
  `services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    command: postgres -c config_file=/etc/pg/postgresql.conf${rest}\n    volumes: [./postgresql.conf:/etc/pg/postgresql.conf:ro]\n`;

describe('a conf file that a stack mounts', () => {
  it('is judged by the limit and the version of the service', () => {
    const looked = look(withConf(), {
      'postgresql.conf': "shared_buffers = 128MB\nlisten_addresses = '*'\njit = off\nio_method = worker\n",
    });
    expect(ids(looked)).toEqual(['pg-memory-over-limit', 'pg-shared-buffers-share', 'pg-unknown-setting']);
    expect(looked.link.version).toBe(16);
  });

  it('is overridden by the command, and says so', () => {
    const looked = look(withConf(' -c work_mem=1MB'), {
      'postgresql.conf':
        "listen_addresses = '*'\nshared_buffers = 16MB\nmax_connections = 10\nwork_mem = 64MB\nmaintenance_work_mem = 8MB\njit = off\n",
    });
    expect(ids(looked)).toEqual(['pg-overridden-setting']);
    expect(effectiveValues(looked.link, looked.files)).toEqual(
      new Map([
        ['work_mem', '1024'],
        ['listen_addresses', '*'],
        ['shared_buffers', '2048'],
        ['max_connections', '10'],
        ['maintenance_work_mem', '8192'],
        ['jit', 'off'],
      ]),
    );
  });

  it('knows the pools of the other services', () => {
    const text = `${withConf()}  api:\n    image: api\n    environment:\n      DB: "Host=db;Database=x;Maximum Pool Size=40"\n`;
    const looked = look(text, {
      'postgresql.conf': "listen_addresses = '*'\nmax_connections = 20\nshared_buffers = 8MB\njit = off\nwork_mem = 1MB\n",
    });
    const [finding] = looked.findings.filter(({ rule }) => rule === 'pg-pools-exceed-connections');
    expect(finding && render(finding.message)).toContain('40 connections');
    expect(finding?.related.map(({ span }) => slice(text, span))).toEqual(['"Host=db;Database=x;Maximum Pool Size=40"']);
  });

  it('is followed into its includes', () => {
    const looked = look(withConf(), {
      'postgresql.conf':
        "listen_addresses = '*'\njit = off\nshared_buffers = 16MB\nmax_connections = 10\nmaintenance_work_mem = 8MB\ninclude 'more.conf'\ninclude 'none.conf'\nwork_mem = 1MB\n",
      'more.conf': 'temp_buffers = 1mb\n',
    });
    expect(ids(looked)).toEqual(['pg-include-missing', 'pg-invalid-value']);
  });

  it('is judged with what its includes set', () => {
    const conf =
      "listen_addresses = '*'\njit = off\nshared_buffers = 16MB\nmax_connections = 10\nmaintenance_work_mem = 8MB\nwork_mem = 64MB\ninclude 'more.conf'\n";
    const looked = look(withConf(), { 'postgresql.conf': conf, 'more.conf': 'work_mem = 1MB\n' });
    expect(looked.findings.map(({ rule, message }) => [rule, render(message)])).toEqual([
      ['pg-overridden-setting', 'A file that is included further down sets work_mem to 1MB: this line has no effect'],
    ]);
  });
});

describe('settings in the command', () => {
  it.each([
    ['a string', 'command: postgres -c shared_buffers=64MB -c work_mem=4mb'],
    ['a list', 'command: ["postgres", "-c", "shared_buffers=64MB", "-c", "work_mem=4mb"]'],
    ['a block list', 'command:\n      - postgres\n      - -c\n      - shared_buffers=64MB\n      - --work-mem=4mb'],
    ['without the program', 'command: -c work_mem=4mb'],
  ])('get the same findings and fixes as in a file: %s', (_, command) => {
    const looked = look(`services:\n  db:\n    image: postgres:16\n    ${command}\n`);
    expect(ids(looked)).toEqual(['pg-invalid-value']);
    const [finding] = looked.findings;
    expect(finding && slice(looked.text, finding.span)).toBe('4mb');
    expect(applyEdits(composeFile, looked.text, finding?.fixes[0]?.edits ?? [])).toBe(looked.text.replace('4mb', '4MB'));
  });

  it('are not fixed where they come from a variable', () => {
    const looked = look('services:\n  db:\n    image: postgres:16\n    command: ["-c", "work_mem=${W:-4mb}"]\n');
    expect(looked.findings.map(({ rule, fixes }) => [rule, fixes])).toEqual([['pg-invalid-value', []]]);
  });

  it('keep the quotes that a list hands on, and are told so', () => {
    const looked = look(`services:\n  db:\n    image: postgres:16\n    command: [postgres, -c, "work_mem='9MB'"]\n`);
    expect(looked.findings.map(({ fixes }) => fixes.map(({ edits }) => applyEdits(composeFile, looked.text, edits)))).toEqual([
      [looked.text.replace("'9MB'", '9MB')],
    ]);
  });

  it('are counted with what initdb was told, from 16 on', () => {
    const text = (version: number): string =>
      `services:\n  db:\n    image: postgres:${String(version)}-alpine\n    command: -c work_mem=2MB\n    environment:\n      POSTGRES_INITDB_ARGS: "-c shared_buffers=64MB -c work_mem=9MB --data-checksums"\n`;
    const values = (version: number): ReadonlyMap<string, string> => {
      const looked = look(text(version));
      return effectiveValues(looked.link, looked.files);
    };
    expect(values(16)).toEqual(
      new Map([
        ['work_mem', '2048'],
        ['shared_buffers', '8192'],
      ]),
    );
    expect(values(15)).toEqual(new Map([['work_mem', '2048']]));
  });

  it('say why the server does not start', () => {
    const looked = look('services:\n  db:\n    image: postgres:16\n    command: -c work_mem=2MB -c wrk_mem=1MB\n');
    expect(effectiveSettings(looked.link, looked.files).errors.map(({ message }) => render(message))).toEqual([
      'unrecognized configuration parameter "wrk_mem"',
    ]);
  });
});
