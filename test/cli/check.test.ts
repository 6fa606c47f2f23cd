import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { testTerminal } from './test-terminal.ts';

const SPLIT =
  'services:\n  db:\n    image: registry.example.org/db\n    mem_limit: 96M\n    deploy: { resources: { limits: { memory: 128M } } }\n';
const CLEAN = 'services:\n  db:\n    image: registry.example.org/db\n';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs the whole program in a folder of these files. */
async function headroom(files: Readonly<Record<string, string>>, argv: readonly string[], stdin = '') {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-cli-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const said = { out: '', err: '' };
  const terminal = testTerminal({
    workingDirectory: folder,
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    readStdin: () => Promise.resolve(stdin),
  });
  const code = await run(argv, terminal);
  return { code, ...said, read: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

describe('headroom check', () => {
  it('says where, what and which rule, and exits with 1', async () => {
    const { code, out } = await headroom({ 'compose.yml': SPLIT }, ['check', 'compose.yml']);
    expect(code).toBe(1);
    expect(out).toMatch(/^compose\.yml\n {2}4:16 +error +mem_limit is 96M .* limit-split\n/);
  });

  it('is clean, and says on stderr that no board was chosen', async () => {
    const { code, out, err } = await headroom({ 'compose.yml': CLEAN }, ['check']);
    expect(code).toBe(0);
    expect(out).toBe('No problems found in 1 file(s).\n');
    expect(err).toContain('No board is chosen');
  });

  it('prints JSON with one-based places, UTF-16 columns and edits by offset', async () => {
    const { out } = await headroom({ 'compose.yml': SPLIT.replace('db', '"😀"') }, ['check', '--json', 'compose.yml']);
    const { version, findings } = JSON.parse(out) as { version: number; findings: Record<string, unknown>[] };
    expect(version).toBe(1);
    const found = findings.find(({ rule }) => rule === 'limit-split');
    expect(found).toMatchObject({
      file: 'compose.yml',
      group: 'memory',
      severity: 'error',
      line: 4,
      column: 16,
      endLine: 4,
      endColumn: 19,
      docs: 'media/rules/limit-split.md',
    });
    expect(found?.fixes).toMatchObject([{ safety: 'safe', edits: [{ file: 'compose.yml', text: '' }] }]);
  });

  it.each([
    ['error', 0],
    ['hint', 1],
    ['never', 0],
  ])('fails on what --fail-on %s says', async (severity, expected) => {
    const hints = { 'compose.yml': `version: "3"\n${CLEAN}` };
    expect((await headroom(hints, ['check', '--fail-on', severity])).code).toBe(expected);
  });

  it.each([
    [['check', 'nothing.yml']],
    [['check', '--no-such-option']],
    [['check', '--board', 'pi-9']],
    [['check', '--format', 'rtf']],
    [['no-such-verb']],
    [['check', '-']],
  ])('calls %j misuse', async (argv) => {
    const { code, err, out } = await headroom({ 'compose.yml': CLEAN }, argv);
    expect(code).toBe(2);
    expect(err).not.toBe('');
    expect(out).toBe('');
  });

  it('reads standard input under a name', async () => {
    const { code, out } = await headroom({}, ['check', '-', '--stdin-filename', 'compose.yml'], SPLIT);
    expect(code).toBe(1);
    expect(out).toContain('limit-split');
  });

  it('takes the severities, ignores and board of headroom.yaml', async () => {
    const project = 'board: pi-zero-2w\nrules: { limit-split: hint }\nignore: [{ rule: unlimited-service, reason: "test" }]\n';
    const { code, out, err } = await headroom({ 'compose.yml': SPLIT, 'headroom.yaml': project }, ['check', 'compose.yml']);
    expect(code).toBe(0);
    expect(out).toMatch(/hint +mem_limit is 96M/);
    expect(err).not.toContain('No board');
  });

  it('says each thing once, though two stacks share a file', async () => {
    const files = { 'compose.yml': SPLIT, 'compose.override.yml': CLEAN };
    const { out } = await headroom(files, ['check', '--json', 'compose.yml', 'compose.override.yml']);
    const { findings } = JSON.parse(out) as { findings: { rule: string }[] };
    expect(findings.filter(({ rule }) => rule === 'limit-split')).toHaveLength(1);
  });
});

describe('headroom fix', () => {
  it('applies what is safe and leaves the rest of the file alone', async () => {
    const { code, read } = await headroom({ 'compose.yml': `# ours\n${SPLIT}` }, ['fix', 'compose.yml']);
    expect(code).toBe(0);
    expect(read('compose.yml')).toBe(`# ours\n${SPLIT.replace('    mem_limit: 96M\n', '')}`);
  });

  it('prints a diff and writes nothing with --dry-run', async () => {
    const { out, read } = await headroom({ 'compose.yml': SPLIT }, ['fix', '--dry-run', 'compose.yml']);
    expect(out).toContain('-    mem_limit: 96M\n');
    expect(read('compose.yml')).toBe(SPLIT);
  });

  it('has nothing left to do the second time', async () => {
    const first = await headroom({ 'compose.yml': SPLIT }, ['fix', 'compose.yml']);
    const { err } = await headroom({ 'compose.yml': first.read('compose.yml') }, ['fix', 'compose.yml']);
    expect(err).toContain('Nothing to fix.');
  });
});

describe('headroom init', () => {
  it('writes a project file once, and never over another', async () => {
    const { code, read } = await headroom({}, ['init', '--board', 'pi-4-2gb']);
    expect(code).toBe(0);
    expect(read('headroom.yaml')).toContain('board: pi-4-2gb\n');
    expect((await headroom({ 'headroom.yaml': 'mine\n' }, ['init', '--board', 'pi-4-2gb'])).code).toBe(2);
  });
});
