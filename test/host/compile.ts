import { join } from 'node:path';
import { build } from 'esbuild';
import { projectFolder } from '../../src/build/bundles.ts';

/**
 * Compiles the suite that runs inside VS Code; returns the file that VS Code is to call. It must lie outside of the
 * extension's folder: otherwise VS Code runs it in the host of the extension, which may be a web worker without Node.
 */
export async function compileSuite(out: string): Promise<string> {
  const mocha = join(projectFolder, 'node_modules/mocha/index.js');
  await build({
    absWorkingDir: projectFolder,
    entryPoints: ['test/host/suite/index.ts', 'test/host/suite/*.spec.ts'],
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    // One mocha for all specs, found from wherever they lie.
    alias: { mocha },
    external: ['vscode', mocha],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(out, 'index.cjs');
}
