import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Engine } from './docker-engine.ts';
import { closureOf } from './file-closure.ts';
import { run } from './run.ts';

/** What goes into an image without a registry: programs and data of this machine, and files written for it. */
export interface ImageRecipe {
  /** The image becomes `headroom-lab/<name>`, tagged by what is in it. */
  readonly name: string;
  /** Programs; the libraries they link to come along. Bare names are looked up on PATH. */
  readonly programs: readonly string[];
  /** Files and folders taken as they are, with what their symbolic links point to. */
  readonly paths?: readonly string[];
  /** Paths below these never come along, such as PostgreSQL's LLVM library. */
  readonly leaveOut?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Empty folders and who owns them. */
  readonly folders?: readonly { readonly path: string; readonly owner?: Owner; readonly mode?: number }[];
  /** Lines added to /etc/passwd, as `name:uid`. */
  readonly users?: readonly string[];
  /** Fills the staged root further, such as with an initialised database. `version` tells one filling from another. */
  readonly prepare?: { readonly version: string; fill(root: string): Promise<void> };
  readonly env?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** An image that an older version of this file made is another one. */
const BUILDER = readFileSync(new URL(import.meta.url), 'utf8');

const LAB = fileURLToPath(new URL('../../.cache/lab/', import.meta.url));

/** The image's tag, built only if this very content is not there yet: 0.1 s for one that is, seconds for a new one. */
export async function tinyImage(engine: Engine, recipe: ImageRecipe): Promise<string> {
  const programs = await Promise.all(['busybox', ...recipe.programs].map(locate));
  const wanted = [...programs, ...(recipe.paths ?? [])];
  const tag = `headroom-lab/${recipe.name}:${fingerprint(recipe, wanted)}`;
  const known = await engine.tryDocker(['image', 'inspect', '--format', '{{.Id}}', tag]);
  if (known.code === 0) return tag;
  await removeOlder(engine, recipe.name);
  mkdirSync(LAB, { recursive: true });
  const staged = mkdtempSync(join(LAB, `${recipe.name}-`));
  try {
    // Those that prepare data drop to the user it belongs to, and must get here.
    chmodSync(staged, 0o755);
    const root = join(staged, 'root');
    await stage(root, recipe);
    const list = join(staged, 'files');
    writeFileSync(list, (await closureOf(wanted, recipe.leaveOut ?? [])).map((path) => `.${path}\0`).join(''));
    await pack(staged, root, list);
    await engine.docker(['import', ...changes(recipe), join(staged, 'image.tar'), tag]);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
  return tag;
}

/** Merged /usr as Debian has it, so that one file never lies in two places. */
const SKELETON = `set -e
mkdir -p usr/bin usr/sbin usr/lib usr/lib64 etc tmp run var root proc sys dev
for link in bin sbin lib lib64; do ln -s usr/$link $link; done
ln -s /run var/run
chmod 1777 tmp
for tool in sh cat cp rm mkdir chown chmod sleep env id hostname uname ls mv dirname basename readlink sed grep awk test expr tr cut head su ps kill; do
  ln -s busybox usr/bin/$tool
done`;

async function stage(root: string, recipe: ImageRecipe): Promise<void> {
  mkdirSync(root);
  await run('sh', ['-c', SKELETON], { cwd: root });
  // A program of the machine replaces busybox's of the same name: tar would refuse to unpack onto a link to it.
  for (const program of recipe.programs) rmSync(join(root, 'usr/bin', basename(program)), { force: true });
  const users = ['root:0', 'nobody:65534', ...(recipe.users ?? [])].map((user) => user.split(':') as [string, string]);
  const files = {
    '/etc/passwd': users.map(([name, uid]) => `${name}:x:${uid}:${uid}::/:/bin/sh\n`).join(''),
    // Debian's programs know nobody's group by its Debian name.
    '/etc/group': users.map(([name, uid]) => `${name === 'nobody' ? 'nogroup' : name}:x:${uid}:\n`).join(''),
    '/etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
    ...recipe.files,
  };
  for (const folder of recipe.folders ?? []) {
    const path = join(root, folder.path);
    mkdirSync(path, { recursive: true });
    chmodSync(path, folder.mode ?? 0o755);
    if (folder.owner !== undefined) chownSync(path, folder.owner.uid, folder.owner.gid);
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
  }
  await recipe.prepare?.fill(root);
}

/** Two roots in one archive, the staged one last: what was written for the image wins over what was found. */
async function pack(staged: string, root: string, list: string): Promise<void> {
  const archive = join(staged, 'image.tar');
  await run('tar', ['--create', '--file', archive, '--directory', '/', '--no-recursion', '--null', '--files-from', list]);
  await run('tar', ['--append', '--file', archive, '--directory', root, '.']);
}

function changes(recipe: ImageRecipe): string[] {
  const env = Object.entries({ PATH: '/usr/local/bin:/usr/sbin:/usr/bin', ...recipe.env });
  return [
    ...env.flatMap(([name, value]) => ['--change', `ENV ${name}=${JSON.stringify(value)}`]),
    ...(recipe.command === undefined ? [] : ['--change', `CMD ${JSON.stringify(recipe.command)}`]),
  ];
}

function fingerprint(recipe: ImageRecipe, wanted: readonly string[]): string {
  const found = wanted.map((path) => {
    if (!existsSync(path)) throw new Error(`${recipe.name}: ${path} is not on this machine`);
    const { size, mtimeMs } = statSync(path);
    return [path, size, mtimeMs];
  });
  const text = JSON.stringify([BUILDER, recipe, recipe.prepare?.version, found]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

async function locate(program: string): Promise<string> {
  if (program.startsWith('/')) return program;
  const path = (await run('sh', ['-c', `command -v ${program}`])).trim();
  return join(realpathSync(dirname(path)), basename(path));
}

async function removeOlder(engine: Engine, name: string): Promise<void> {
  const tags = await engine.docker(['images', '--format', '{{.Repository}}:{{.Tag}}', `headroom-lab/${name}`]);
  for (const tag of tags.split('\n').filter((line) => line !== '')) await engine.tryDocker(['rmi', tag]);
}
