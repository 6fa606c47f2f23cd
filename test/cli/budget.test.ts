import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/base/message.ts';
import { UsageError, type Call, type Terminal } from '../../src/cli/verb.ts';
import { boards } from '../../src/cli/verbs/boards.ts';
import { budget } from '../../src/cli/verbs/budget.ts';

const SHOP = `services:
  db:
    image: postgres:16
    command: postgres -c shared_buffers=32MB -c max_connections=20
    deploy: { resources: { limits: { memory: 128M } } }
  cache:
    image: redis:7
    command: redis-server --maxmemory 16mb --save ""
    deploy: { replicas: 2 }
  own:
    image: own/thing
    mem_limit: 64m
`;

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-budget-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function headroom(folder: string, words: readonly string[], options: Call['options'] = {}, verb = budget): Promise<Answer> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    ...{ workingDirectory: folder, environment: new Map(), color: false, interactive: false, columns: 100 },
    translate: (english) => english,
    signal: new AbortController().signal,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    say: (message) => void (err += `${render(message)}\n`),
    readStdin: () => Promise.resolve(SHOP),
  };
  const code = await verb.run({ words, options }, terminal);
  return { code, out, err };
}

describe('headroom budget', () => {
  it('prints for scripts what is documented, in bytes', async () => {
    const { code, out, err } = await headroom(folderWith({ 'compose.yml': SHOP }), [], { format: 'json', board: '1G' });
    const report = JSON.parse(out) as Record<string, unknown> & { services: Record<string, unknown>[] };
    expect([code, err]).toEqual([0, '']);
    expect(Object.keys(report)).toEqual(['version', 'board', 'budget', 'services', 'verdict', 'need', 'agents', 'fit']);
    expect(report).toMatchObject({ version: 1, board: '1G', verdict: 'fits', budget: { total: 1024 ** 3 } });
    expect(report.services.map((service) => [service.name, service.runtime, service.limit, service.replicas])).toEqual([
      ['db', 'postgres', 128 * 1024 ** 2, 1],
      ['cache', 'redis', null, 2],
      ['own', null, 64 * 1024 ** 2, 1],
    ]);
    expect(report.services[2]).toMatchObject({ estimate: null, missing: 'image', recommendedLimit: null, regions: [] });
    const [db] = report.services as [
      { estimate: { peak: number }; recommendedLimit: number; regions: { class: string; peak: number; from: string }[] },
    ];
    const counted = db.regions.filter((region) => region.class !== 'cache').reduce((sum, region) => sum + region.peak, 0);
    expect(counted).toBe(db.estimate.peak);
    expect(db.recommendedLimit).toBeGreaterThanOrEqual(db.estimate.peak * 1.15);
    expect(db.regions.map((region) => region.from)).toContain('compose.yml:4');
  });

  it('judges nothing until a board is known, and says so', async () => {
    const { code, out, err } = await headroom(folderWith({ 'compose.yml': SHOP }), [], { format: 'json' });
    expect(code).toBe(0);
    expect(err).toContain('No board is chosen');
    expect(JSON.parse(out)).toMatchObject({ board: null, budget: null, verdict: null });
  });

  it('takes board and reserve from headroom.yaml, and the flags before it', async () => {
    const folder = folderWith({ 'compose.yml': SHOP, 'headroom.yaml': 'version: 1\nboard: pi-4-2gb\nreserve: { size: 500M }\n' });
    const read = async (options: Call['options']) =>
      JSON.parse((await headroom(folder, [], { format: 'json', ...options })).out) as {
        board: string;
        budget: { available: number };
      };
    expect(await read({})).toMatchObject({ board: 'pi-4-2gb', budget: { available: 1_893_276 * 1024 - 500 * 1024 ** 2 } });
    expect(await read({ board: 'pi-5-8gb', reserve: 'lite' })).toMatchObject({ board: 'pi-5-8gb' });
  });

  it('answers no with exit code 1 where the stack needs too much, and names a board that would do', async () => {
    const { code, out } = await headroom(folderWith({ 'compose.yml': SHOP }), [], { board: 'pi-zero-2w' });
    expect(code).toBe(1);
    expect(out).toContain('overcommitted');
    expect(out).toMatch(/The smallest board that carries it .* is Raspberry Pi/);
  });

  it('counts one, two, three agents on every board, each container with its shim', async () => {
    const { out } = await headroom(folderWith({ 'compose.yml': SHOP }), [], { format: 'json', board: 'pi-3b', agents: '3' });
    const { agents } = JSON.parse(out) as { agents: { board: string; count: number; need: number; budget: number }[] };
    const rows = agents.filter((row) => row.board === 'pi-3b');
    expect(rows.map((row) => row.count)).toEqual([1, 2, 3]);
    expect(rows[2]!.need).toBe(rows[0]!.need * 3);
    expect(rows[0]!.budget - rows[1]!.budget).toBe(4 * 10 * 1024 ** 2);
  });

  it('reads one merged stack, standard input, and several stacks', async () => {
    const limits = 'services: { cache: { mem_limit: 24m } }\n';
    const folder = folderWith({ 'a.yml': SHOP, 'b.yml': limits });
    const merged = await headroom(folder, [], { format: 'json', file: ['a.yml', 'b.yml'] });
    expect((JSON.parse(merged.out) as { services: { limit: number }[] }).services[1]!.limit).toBe(24 * 1024 ** 2);
    const stdin = await headroom(folder, ['-'], { format: 'json', 'stdin-filename': 'compose.yml' });
    expect((JSON.parse(stdin.out) as { services: unknown[] }).services).toHaveLength(3);
    const both = await headroom(folder, ['a.yml', 'a.yml', 'b.yml'], { format: 'json' });
    expect(JSON.parse(both.out)).toHaveLength(2);
  });

  it('is a table in a document, too', async () => {
    const { out } = await headroom(folderWith({ 'compose.yml': SHOP }), [], { format: 'markdown', board: 'pi-4-4gb' });
    expect(out).toContain('| db | postgres | 128 MiB |');
    expect(out).toContain('| cache × 2 | redis | none |');
  });

  it('answers no where a file is no YAML', async () => {
    const { code, err } = await headroom(folderWith({ 'compose.yml': 'services: [' }), []);
    expect(code).toBe(1);
    expect(err).toMatch(/^compose\.yml:1: /m);
  });

  it.each([
    [{ board: 'pi-7' }, 'no board'],
    [{ reserve: 'windows' }, 'no reserve'],
    [{ agents: '0' }, 'from 1 to 20'],
    [{ format: 'sarif' }, 'no format'],
    [{ config: 'nowhere.yaml' }, 'nowhere.yaml'],
  ])('refuses %j as misuse', async (options, said) => {
    const answer = headroom(folderWith({ 'compose.yml': SHOP }), [], options);
    await expect(answer).rejects.toThrow(UsageError);
    await answer.catch((error: unknown) => {
      expect(error instanceof UsageError && render(error.said)).toContain(said);
    });
  });
});

describe('headroom boards', () => {
  it('lists every board with what containers may use', async () => {
    const { out } = await headroom('/', [], { format: 'json' }, boards);
    const listed = (JSON.parse(out) as { boards: { id: string; budget: number; memTotal: number }[] }).boards;
    expect(listed).toHaveLength(29);
    expect(listed.every((board) => board.budget < board.memTotal)).toBe(true);
    expect((await headroom('/', [], {}, boards)).out.split('\n')).toHaveLength(31);
  });
});
