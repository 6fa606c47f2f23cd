/**
 * `node src/build/run.mjs <script.ts> [arguments]`: every verb of package.json starts here, so that each works on a
 * fresh clone. Plain JavaScript without dependencies, because it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

const [script, ...rest] = process.argv.slice(2);
if (!isInstalled()) install();
hand(script, rest);

/** Installed means: what the lockfile wants is what npm says it put into node_modules. */
function isInstalled() {
  const wanted = packages('package-lock.json');
  const found = packages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || found[path]?.version === entry.version,
  );
}

function packages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** Without install scripts: esbuild works without its own, and the native halves of ssh2 are never shipped. */
function install() {
  console.error('Installing dependencies …');
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The script gets the signals itself (same process group); this process only waits and passes the exit code on. */
function hand(path, args) {
  const loader = join(root, 'node_modules/tsx/dist/cli.mjs');
  const child = spawn(process.execPath, [loader, join(root, path), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}
