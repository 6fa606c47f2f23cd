import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../src/build/bundles.ts';

/**
 * The executable of the desktop VS Code to test in: one that is installed, else one that can be downloaded;
 * undefined means code-server. HEADROOM_VSCODE decides instead where it is set: a path, a version (such as the
 * lowest that package.json allows) or `code-server`.
 */
export async function findDesktop(): Promise<string | undefined> {
  const asked = process.env.HEADROOM_VSCODE ?? '';
  if (asked === 'code-server') return undefined;
  if (/^(stable|insiders|\d+\.\d+\.\d+)$/.test(asked)) return download(asked);
  if (asked !== '') return asked;
  // A window needs a display; where there is none, code-server draws into a headless browser.
  if (process.platform === 'linux' && (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) === undefined) return undefined;
  return PLACES.find((path) => existsSync(path)) ?? (await download('stable').catch(() => undefined));
}

async function download(version: string): Promise<string> {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ version, cachePath: join(projectFolder, '.cache/vscode') });
}

/** Where installers put the program itself; `code` on the PATH is a script that returns before the window opens. */
const PLACES = [
  '/usr/share/code/code',
  '/usr/lib/code/code',
  '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
  `${process.env.LOCALAPPDATA ?? 'C:'}\\Programs\\Microsoft VS Code\\Code.exe`,
];
