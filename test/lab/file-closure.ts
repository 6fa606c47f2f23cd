import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { tryRun } from './run.ts';

/** The paths, everything below them, what their links point to and the libraries that any of it links to. */
export async function closureOf(paths: readonly string[], leaveOut: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  collect(paths, seen, leaveOut);
  const binaries = [...seen].filter(isElf);
  collect(await librariesOf(binaries), seen, leaveOut);
  return [...seen].sort();
}

function collect(paths: readonly string[], seen: Set<string>, leaveOut: readonly string[]): void {
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    // Folders are resolved, the last part is not: a link stays a link, and its target comes along.
    const real = path === '/' ? path : join(realpathSync(dirname(path)), basename(path));
    if (seen.has(real) || leaveOut.some((prefix) => real.startsWith(prefix))) continue;
    seen.add(real);
    const stat = lstatSync(real);
    if (stat.isSymbolicLink()) open.push(resolve(dirname(real), readlinkSync(real)));
    if (stat.isDirectory()) open.push(...readdirSync(real).map((name) => join(real, name)));
  }
}

/** `ldd` lists libraries of libraries too. It fails on static programs, which is an answer. */
async function librariesOf(binaries: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (let start = 0; start < binaries.length; start += 100) {
    const { stdout } = await tryRun('ldd', binaries.slice(start, start + 100));
    for (const [, path] of stdout.matchAll(/^\t(?:\S+ => )?(\/\S+) \(0x/gm)) found.add(path!);
  }
  return [...found];
}

function isElf(path: string): boolean {
  const stat = lstatSync(path);
  if (!stat.isFile() || stat.size < 64) return false;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    readSync(file, head, 0, 4, 0);
    return head.toString('latin1') === '\x7fELF';
  } finally {
    closeSync(file);
  }
}
