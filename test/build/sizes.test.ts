import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/build/bundles.ts';
import { makeVsix } from '../../src/build/vsix.ts';
import { metafiles, packageOf } from './metafiles.ts';

const kB = 1000;

describe('what a user downloads and waits for', () => {
  it('opening a compose file loads at most 350 kB', () => {
    expect(sizeOf('extension.cjs')).toBeLessThanOrEqual(350 * kB);
  });

  it('the first connection loads at most 550 kB', () => {
    const live = [...metafiles].filter(
      ([name, { inputs }]) => name !== 'cli' && Object.keys(inputs).some((path) => packageOf(path) === 'ssh2'),
    );
    for (const [name] of live) expect(sizeOf(`${name}.cjs`), name).toBeLessThanOrEqual(550 * kB);
  });

  it('VS Code for the Web loads one file of at most 800 kB', () => {
    expect(sizeOf('browser.cjs')).toBeLessThanOrEqual(800 * kB);
    const outside = Object.values(metafiles.get('browser')?.outputs ?? {}).flatMap(({ imports }) =>
      imports.map(({ path }) => path),
    );
    expect(new Set(outside)).toEqual(new Set(['vscode']));
  });

  it('the VSIX has at most 900 kB', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-vsix-'));
    try {
      expect(statSync(await makeVsix(folder)).size).toBeLessThanOrEqual(900 * kB);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function sizeOf(name: string): number {
  return statSync(join(projectFolder, 'dist', name)).size;
}
