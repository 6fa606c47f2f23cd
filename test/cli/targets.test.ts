import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { namedFiles } from '../../src/cli/targets.ts';
import { testTerminal } from './test-terminal.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function tree(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-targets-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const found = (folder: string): string[] =>
  namedFiles(['.'], testTerminal({ workingDirectory: folder })).map((file) => file.slice(folder.length + 1));

describe('a folder on the command line', () => {
  it('is searched for stacks and headroom.yaml, overrides left out, in a steady order', () => {
    const folder = tree({
      'b/compose.yml': '',
      'a/docker-compose.yml': '',
      'compose.yaml': '',
      'compose.override.yaml': '',
      'headroom.yaml': '',
      'notes.yml': '',
    });
    expect(found(folder)).toEqual(['a/docker-compose.yml', 'b/compose.yml', 'compose.yaml', 'headroom.yaml']);
  });

  it('respects .gitignore, negations and inner files included', () => {
    const folder = tree({
      '.gitignore': 'old/\n*.local.yml\n/top/compose.yml\n!keep/compose.local.yml\n',
      'old/compose.yml': '',
      'compose.local.yml': '',
      'keep/compose.local.yml': '',
      'top/compose.yml': '',
      'deep/top/compose.yml': '',
      'inner/.gitignore': 'compose.yml\n',
      'inner/compose.yml': '',
      'node_modules/x/compose.yml': '',
      'compose.yml': '',
    });
    expect(found(folder)).toEqual(['compose.yml', 'deep/top/compose.yml', 'keep/compose.local.yml']);
  });
});
