import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/**
 * Runs a script the way it is shipped, bundled, in a process of its own, and gives back what it says as JSON. Under
 * tsx each arrow function costs a call that gives it its name, and whatever else runs in this process would count.
 */
export async function runBundled<T>(script: string, args: readonly string[]): Promise<T> {
  // Inside the project, so that packages which stay outside the bundle are found.
  const folder = mkdtempSync(join(root, 'node_modules/.cache-bench-'));
  try {
    const outfile = join(folder, 'script.mjs');
    await build({
      entryPoints: [join(import.meta.dirname, script)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      external: ['dclint', 'yaml-language-server'],
      banner: { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" },
      logLevel: 'error',
    });
    return JSON.parse(await said(outfile, args)) as T;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function said(script: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${script} ended with ${String(code)}`));
    });
  });
}
