import { spawn, spawnSync } from 'node:child_process';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { buildAll } from './bundle.ts';
import { projectFolder } from './bundles.ts';
import { codeServerLacks, installCodeServer } from './code-server/install.ts';
import { serve } from './code-server/serve.ts';

const examples = join(projectFolder, 'examples');

await buildAll();
if (hasDesktop()) openDesktop();
else await openInBrowser();

function hasDesktop(): boolean {
  if (process.argv.includes('--browser')) return false;
  return spawnSync(process.platform === 'win32' ? 'where' : 'which', ['code']).status === 0;
}

function openDesktop(): void {
  console.log('Opening VS Code on examples/ …');
  const args = ['--new-window', `--extensionDevelopmentPath=${projectFolder}`, examples];
  spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' }).on(
    'exit',
    (code) => (process.exitCode = code ?? 1),
  );
}

/** A lasting profile, with this very folder as an installed extension: a page that is loaded again has what was built since. */
async function openInBrowser(): Promise<void> {
  const lacks = codeServerLacks();
  if (lacks !== undefined) {
    console.error(`No desktop VS Code (\`code\`) was found, and ${lacks}.`);
    process.exitCode = 1;
    return;
  }
  const codeServer = await installCodeServer();
  const profile = join(projectFolder, '.cache/start');
  const link = join(profile, 'extensions/headroom.headroom-0.1.0');
  await mkdir(join(profile, 'extensions'), { recursive: true });
  await rm(link, { force: true });
  await symlink(projectFolder, link);
  const server = await serve(codeServer, { profile });
  const url = new URL(`http://127.0.0.1:${server.port}/`);
  url.searchParams.set('folder', examples);
  console.log(`VS Code is open on examples/ at\n\n  ${url.href}\n\nCtrl+C ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void server.dispose());
}
