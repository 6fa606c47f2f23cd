import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Debian's next release carries Compose 2.26 (linked with compose-go 2.4.8), the version that the analysis follows. */
const SUITE = 'trixie';
const PACKAGE = 'docker-compose';
const SOURCES = '/etc/apt';

/**
 * Puts the Compose plugin's binary into the cache and returns its path; undefined on a machine without apt, or
 * without a way to the archive. The machine's own package lists stay as they are.
 */
export async function installCompose(cache: string): Promise<string | undefined> {
  const binary = join(cache, 'bin', PACKAGE);
  if (existsSync(binary)) return binary;
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  // Test files run side by side and may all find the cache empty: each builds its own, the last rename wins.
  const work = join(cache, `install-${process.pid}-${Date.now()}`);
  try {
    await download(work);
    await mkdir(join(cache, 'bin'), { recursive: true });
    await rename(join(work, PACKAGE), binary);
    return binary;
  } catch {
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(work: string): Promise<void> {
  const source = await ownMirror();
  if (source === undefined) throw new Error('no Debian mirror among the apt sources');
  await mkdir(join(work, 'lists/partial'), { recursive: true });
  await writeFile(join(work, 'sources.list'), `deb ${source} ${SUITE} main\n`);
  const own = [`Etc::sourcelist=${work}/sources.list`, 'Etc::sourceparts=/dev/null', `State::Lists=${work}/lists`];
  const options = own.flatMap((setting) => ['-o', `Dir::${setting}`]);
  const run = { cwd: work, timeout: 120_000 };
  await execute('apt-get', [...options, 'update'], run);
  await execute('apt-get', [...options, 'download', PACKAGE], run);
  const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error('apt-get downloaded nothing');
  await execute('dpkg', ['-x', archive, 'x'], run);
  await cp(join(work, 'x/usr/libexec/docker/cli-plugins', PACKAGE), join(work, PACKAGE));
  await chmod(join(work, PACKAGE), 0o755);
}

/** The mirror that this machine gets Debian itself from, with the signing key it names: nothing here names a host. */
async function ownMirror(): Promise<string | undefined> {
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1];
  if (release === undefined) return undefined;
  const parts = existsSync(`${SOURCES}/sources.list.d`) ? await readdir(`${SOURCES}/sources.list.d`) : [];
  for (const name of ['sources.list', ...parts.map((part) => `sources.list.d/${part}`)]) {
    const path = join(SOURCES, name);
    const source = existsSync(path) ? mirrorIn(await readFile(path, 'utf8'), release) : undefined;
    if (source !== undefined) return source;
  }
  return undefined;
}

/** Reads one apt sources file in either format, for the entry that offers the release's `main`. */
export function mirrorIn(text: string, release: string): string | undefined {
  const line = new RegExp(String.raw`^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+${release}\s+(?:\S+\s+)*main\b`, 'm').exec(text);
  if (line?.[2] !== undefined) return `${line[1] ?? ''}${line[2]}`;
  for (const stanza of text.split(/\n\s*\n/)) {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.+)$`, 'mi').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    const [mirror] = field('URIs');
    if (mirror === undefined || !field('Suites').includes(release) || !field('Components').includes('main')) continue;
    const [key] = field('Signed-By');
    return key?.startsWith('/') === true ? `[signed-by=${key}] ${mirror}` : mirror;
  }
  return undefined;
}
