import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/base/message.ts';
import { run } from '../../src/cli/main.ts';
import type { Terminal } from '../../src/cli/verb.ts';

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-pg-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function headroom(folder: string, ...words: readonly string[]): Promise<Answer> {
  let out = '';
  let err = '';
  const terminal = {
    ...{ workingDirectory: folder, environment: new Map(), color: false, interactive: false, columns: 100 },
    translate: (english: string) => english,
    signal: new AbortController().signal,
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    say: (message: Parameters<Terminal['say']>[0]) => void (err += `${render(message)}\n`),
    readStdin: () => Promise.resolve(''),
  } as Terminal;
  const code = await run(words, terminal);
  return { code, out, err };
}

describe('headroom postgres value', () => {
  const folder = folderWith({
    'postgresql.conf': "work_mem = 4MB\ninclude 'more.conf'\n",
    'more.conf': 'shared_buffers = 64MB\n',
    'bad.conf': 'work_mem = 8mb\n',
  });
  const value = (...words: readonly string[]): Promise<Answer> => headroom(folder, 'postgres', 'value', ...words);

  it('prints as postgres -C does', async () => {
    expect(await value('work_mem', '--config-file', 'postgresql.conf')).toEqual({ code: 0, out: '4096\n', err: '' });
    expect(await value('shared_buffers', '--config-file=postgresql.conf')).toMatchObject({ code: 0, out: '8192\n' });
    expect(await value('work_mem', '--config-file', 'postgresql.conf', '-c', 'work_mem=12 MB')).toMatchObject({ out: '12288\n' });
    expect(await value('max_connections', '-N', '12', '--config-file', 'postgresql.conf')).toMatchObject({ out: '12\n' });
    expect(await value('io_workers', '--config-file', 'postgresql.conf', '--pg', '18')).toMatchObject({ out: '3\n' });
  });

  it('says why the server would not start, and ends with 1', async () => {
    const { code, out, err } = await value('work_mem', '--config-file', 'bad.conf');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'invalid value for parameter "work_mem": "8mb"\nValid units for this parameter are "B", "kB", "MB", "GB", and "TB".\n',
    );
    expect((await value('io_workers', '--config-file', 'postgresql.conf', '--pg', '15')).code).toBe(1);
  });

  it('answers scripts', async () => {
    expect(JSON.parse((await value('work_mem', '--json', '--config-file', 'postgresql.conf')).out)).toEqual({
      version: 1,
      name: 'work_mem',
      value: '4096',
      unit: 'kB',
    });
    expect(JSON.parse((await value('work_mem', '--json', '--config-file', 'bad.conf')).out)).toMatchObject({
      error: 'invalid value for parameter "work_mem": "8mb"',
    });
  });

  it('calls misuse misuse', async () => {
    expect((await value('work_mem')).code).toBe(2);
    expect((await value('work_mem', '--config-file', 'none.conf')).code).toBe(2);
    expect((await value('work_mem', '--config-file', 'postgresql.conf', '--pg', '8')).code).toBe(2);
  });
});

describe('headroom tune postgres', () => {
  it('writes a conf file with reasons', async () => {
    const { code, out } = await headroom(
      '/',
      'tune',
      'postgres',
      '--limit',
      '96M',
      '--connections',
      '15',
      '--storage',
      'sd',
      '--pg',
      '16',
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /^# PostgreSQL 16 in 96 MiB, 15 connections, microSD card, web; needs about \d+(?:\.\d)? MiB under load\nshared_buffers = \d+MB +# /,
    );
    expect(out).toContain("listen_addresses = '*'");
  });

  it('writes words for a command', async () => {
    const { out } = await headroom('/', 'tune', 'postgres', '--limit', '256M', '--as', 'command');
    expect(out).toMatch(/^command:\n {2}- postgres\n {2}- -c\n {2}- shared_buffers=\d+MB\n/);
  });

  it('changes a file in place and keeps what is marked', async () => {
    const folder = folderWith({ 'postgresql.conf': 'shared_buffers = 1GB # old\nwork_mem = 2MB # headroom-keep\n' });
    expect((await headroom(folder, 'tune', 'postgres', 'postgresql.conf', '--limit', '128M', '--write')).code).toBe(0);
    const [first, second] = readFileSync(join(folder, 'postgresql.conf'), 'utf8').split('\n');
    expect(first).toMatch(/^shared_buffers = \d+MB # old$/);
    expect(second).toBe('work_mem = 2MB # headroom-keep');
  });

  it('refuses with 1 what does not fit, and with 2 what it does not understand', async () => {
    expect(await headroom('/', 'tune', 'postgres', '--limit', '64M', '--connections', '100')).toMatchObject({ code: 1, out: '' });
    expect((await headroom('/', 'tune', 'postgres', '--limit', '32M')).code).toBe(1);
    expect((await headroom('/', 'tune', 'postgres')).code).toBe(2);
    expect((await headroom('/', 'tune', 'postgres', '--limit', '64M', '--storage', 'tape')).code).toBe(2);
  });
});
