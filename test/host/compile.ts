import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectFolder } from '../../src/build/bundles.ts';

/** Compiles the suite that runs inside VS Code; returns the file that VS Code is to call. */
export async function compileSuite(): Promise<string> {
  const out = join(projectFolder, 'out/host');
  await rm(out, { recursive: true, force: true });
  await build({
    absWorkingDir: projectFolder,
    entryPoints: ['test/host/suite/index.ts', 'test/host/suite/*.spec.ts'],
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(out, 'index.cjs');
}
