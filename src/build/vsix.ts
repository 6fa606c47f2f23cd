import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './bundles.ts';

const run = promisify(execFile);

/** Packs what is built, offline; returns the path of the VSIX. */
export async function makeVsix(folder = projectFolder): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')) as Record<string, string>;
  const path = join(folder, `${name ?? ''}-${version ?? ''}.vsix`);
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

/** Big and never shipped. vsce walks everything before it heeds .vscodeignore: 27 s through the caches, 2 s without. */
const NOT_WALKED = new Set(['node_modules', '.git', '.cache', 'out', 'coverage', 'src', 'test']);

/** vsce runs the `vscode:prepublish` script, of which there is none: building is the caller's business. */
async function vsce(args: readonly string[]): Promise<string> {
  const stage = await mkdtemp(join(tmpdir(), 'headroom-vsix-'));
  try {
    for (const entry of await readdir(projectFolder)) {
      if (NOT_WALKED.has(entry) || entry.endsWith('.vsix')) continue;
      await cp(join(projectFolder, entry), join(stage, entry), { recursive: true });
    }
    const program = join(projectFolder, 'node_modules/@vscode/vsce/vsce');
    const { stdout } = await run(process.execPath, [program, ...args], { cwd: stage, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
