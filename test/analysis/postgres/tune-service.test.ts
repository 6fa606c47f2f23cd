import { describe, expect, it } from 'vitest';
import type { ConfFiles } from '../../../src/analysis/documents/postgres/conf-files.ts';
import { completeArgument } from '../../../src/analysis/postgres/argument-completion.ts';
import { linkPostgres, type PostgresLink } from '../../../src/analysis/postgres/link.ts';
import { changesOf, tunedServiceEdits, tuneService } from '../../../src/analysis/postgres/tune-service.ts';
import { Documents } from '../../../src/analysis/documents/compose/resolve.ts';
import { applyEdits } from '../../../src/base/edit.ts';
import { fileId } from '../../../src/base/span.ts';
import { checkText, composeFile, filesOf } from '../rules/check-text.ts';

interface Looked {
  readonly link: PostgresLink;
  readonly files: ConfFiles;
  readonly tuned: (file?: string) => string;
}

function look(text: string, others: Readonly<Record<string, string>> = {}): Looked {
  const reader = filesOf({ 'compose.yml': text, ...others });
  const files: ConfFiles = { ...reader, list: () => ({ kind: 'missing' }) };
  const inputs = checkText(text, { others })
    .memory()
    .find(({ runtime }) => runtime === 'postgres')?.inputs;
  if (inputs === undefined) throw new Error('no PostgreSQL in this stack');
  const link = linkPostgres(inputs);
  const tuned = (file = 'compose.yml'): string => {
    const tuning = tuneService(link, { connections: 12, storage: 'card', workload: 'web' }, files);
    if (tuning?.ok !== true) throw new Error('refused');
    const documents = new Documents(reader);
    const reading = reader.read(composeFile);
    if (reading.kind !== 'text') throw new Error('unreadable');
    const edits = tunedServiceEdits(link, tuning.value, files, documents.yaml(reading.source));
    const id = fileId(`/w/${file}`);
    return applyEdits(id, file === 'compose.yml' ? text : (others[file] ?? ''), edits ?? []);
  };
  return { link, files, tuned };
}

describe('tuning a service', () => {
  it('writes words into its command, over those that are there', () => {
    const after = look(
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    command:\n      - postgres\n      - -c\n      - shared_buffers=1GB\n',
    ).tuned();
    expect(after).toMatch(/- shared_buffers=\d\dMB\n/);
    expect(after).not.toContain('1GB\n      - -c\n      - shared_buffers');
    expect(after).toContain('- max_connections=12\n');
    expect(look(after).link.start.given.problem).toBeUndefined();
  });

  it('gives a service without a command one', () => {
    const after = look('services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n').tuned();
    expect(look(after).link.start.given.settings.find(({ name }) => name === 'jit')?.value).toBe('off');
  });

  it('writes into the conf file that the server reads', () => {
    const text =
      'services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    command: postgres -c config_file=/etc/pg.conf -c work_mem=64MB\n    volumes: [./pg.conf:/etc/pg.conf]\n';
    const looked = look(text, { 'pg.conf': '# mine\nshared_buffers = 1GB # old\n' });
    expect(looked.tuned('pg.conf')).toMatch(/^# mine\nshared_buffers = \d+MB # old\nmax_connections = 12 {2}#/);
    expect(looked.tuned()).toMatch(/-c work_mem=\d+(?:kB|MB)\n/);
    expect(looked.tuned()).not.toContain('64MB');
  });

  it('says what each setting was', () => {
    const { link, files } = look('services:\n  db:\n    image: postgres:16\n    mem_limit: 128M\n    command: -N 50\n');
    const tuning = tuneService(link, { connections: 12, storage: 'card', workload: 'web' }, files);
    const changes = tuning?.ok === true ? changesOf(link, tuning.value, files) : [];
    expect(changes.find(({ setting }) => setting === 'max_connections')).toMatchObject({
      before: '50',
      after: '12',
      place: { words: ['12'] },
    });
  });

  it('has nothing to tune for without a limit', () => {
    const { link, files } = look('services:\n  db:\n    image: postgres:16\n');
    expect(tuneService(link, { connections: 12, storage: 'card', workload: 'web' }, files)).toBeUndefined();
  });
});

describe('completion within a command', () => {
  const complete = (command: string): readonly string[] => {
    const marked = `services:\n  db:\n    image: postgres:16\n    command: ${command}\n`;
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const { link } = look(text);
    return completeArgument(link, { file: composeFile, text }, offset).map(({ insert }) => insert);
  };

  it.each([
    ['["postgres", "-c", "work|"]', 'work_mem='],
    ['["postgres", "-c", "wal_level=|"]', 'logical'],
    ['["postgres", "--fsync=|"]', 'off'],
    ['postgres -c shared_buffers=16|', '16MB'],
    ['postgres -c jit|=off', 'jit'],
  ])('of %s offers %s', (command, expected) => {
    expect(complete(command)).toContain(expected);
  });

  it('says nothing elsewhere', () => {
    expect(complete('["postgres|"]')).toEqual([]);
  });
});
