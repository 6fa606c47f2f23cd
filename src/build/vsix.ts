import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './bundles.ts';

const run = promisify(execFile);

/** Packs what is built, offline; returns the path of the VSIX. */
export async function makeVsix(folder = projectFolder): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')) as Record<string, string>;
  const path = join(folder, `${name ?? ''}-${version ?? ''}.vsix`);
  await mkdir(folder, { recursive: true });
  await vsce(['package', '--out', path, '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links']);
  return path;
}

/** The files that a VSIX would hold, in order. */
export async function vsixFiles(): Promise<readonly string[]> {
  const listed = await vsce(['ls', '--no-dependencies']);
  return listed
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}

/** vsce runs the `vscode:prepublish` script, of which there is none: building is the caller's business. */
async function vsce(args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(projectFolder, 'node_modules/@vscode/vsce/vsce'), ...args], {
    cwd: projectFolder,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}
