import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pinned from './pinned.json' with { type: 'json' };

/** VS Code as a server with a page: the Node it insists on, and its folder (`out/server-main.js` lies in there). */
export interface CodeServer {
  readonly node: string;
  readonly home: string;
}

const project = join(import.meta.dirname, '../../..');

/** Written last, with the versions: a folder without it is the rest of an installation that was cut off. */
const MARK = 'complete.json';

/**
 * The code-server of `pinned.json` from an ignored cache, put there first where it isn't yet (806 MB, 2 to 4
 * minutes). No dependency of the project: only who has no desktop VS Code needs it.
 */
export async function installCodeServer(): Promise<CodeServer> {
  const cache = cacheFolder();
  if ((await markOf(cache)) !== JSON.stringify(pinned)) await install(cache);
  return { node: join(runtimeIn(cache), 'bin/node'), home: homeIn(cache) };
}

/** Why code-server can be neither found nor installed here; undefined where it can. */
export function codeServerLacks(): string | undefined {
  if (process.platform === 'win32') return 'code-server does not run on Windows';
  if (existsSync(join(cacheFolder(), MARK))) return undefined;
  const missing = Object.entries(pinned.debian).filter(([tool]) => spawnSync('which', [tool]).status !== 0);
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map(([, name]) => name))].join(' ');
  return `code-server needs ${packages} to be installed (on Debian: apt-get install ${packages})`;
}

/** HEADROOM_CODE_SERVER names another folder, so that several clones can share one. */
function cacheFolder(): string {
  return process.env.HEADROOM_CODE_SERVER ?? join(project, '.cache/code-server');
}

function runtimeIn(cache: string): string {
  return join(cache, `node_modules/node-${process.platform}-${process.arch}`);
}

function homeIn(cache: string): string {
  return join(cache, 'node_modules/code-server/lib/vscode');
}

async function markOf(cache: string): Promise<string | undefined> {
  return readFile(join(cache, MARK), 'utf8').catch(() => undefined);
}

/** Beside its place, and moved there when it is whole: two that install at once do not meet. */
async function install(cache: string): Promise<void> {
  const lacks = codeServerLacks();
  if (lacks !== undefined) throw new Error(lacks);
  console.error(`Installing code-server ${pinned.codeServer} into ${cache} (once, some minutes) …`);
  const fresh = `${cache}.new-${process.pid}-${Date.now()}`;
  try {
    await fill(fresh);
    await rm(cache, { recursive: true, force: true });
    await rename(fresh, cache);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function fill(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, ['install', `node-${process.platform}-${process.arch}@${pinned.node}`, '--ignore-scripts'], process.env);
  const env = environment(runtimeIn(folder));
  // Its own postinstall judges by npm's user agent and would stop; the two installations below are what it does.
  await npm(folder, ['install', `code-server@${pinned.codeServer}`, '--ignore-scripts'], env);
  await npm(homeIn(folder), ['install', '--omit=dev'], env);
  await npm(join(homeIn(folder), 'extensions'), ['install', '--omit=dev'], env);
  await writeFile(join(folder, MARK), JSON.stringify(pinned));
}

function environment(runtime: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: `${join(runtime, 'bin')}:${process.env.PATH ?? ''}`,
    // The package carries its headers, so node-gyp has nothing to fetch.
    npm_config_nodedir: runtime,
    npm_config_update_notifier: 'false',
    // npm 11 leaves install scripts out unless told; older ones ignore the name. node-pty and spdlog are built by theirs.
    npm_config_dangerously_allow_all_scripts: 'true',
  };
}

function npm(cwd: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env, stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} in ${cwd} ended with ${String(code)}`));
    });
  });
}
