import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, context, type BuildOptions, type Metafile, type OutputFile } from 'esbuild';
import type { LazyPart } from './bundle-plugins.ts';
import { namedBundles, nodePart, projectFolder, type Bundle } from './bundles.ts';

export interface Built {
  readonly name: string;
  readonly entry: string;
  readonly file: string;
  readonly metafile: Metafile;
  readonly outputs: readonly OutputFile[];
}

/** Builds every bundle into `dist/`, metafiles beside them. Lazy parts are found while building what asks for them. */
export async function buildAll(): Promise<readonly Built[]> {
  const lazy = new Map<string, LazyPart>();
  const note = (part: LazyPart): void => {
    const known = lazy.get(part.name)?.path ?? part.path;
    if (known !== part.path) throw new Error(`${known} and ${part.path} would both become ${part.name}.cjs: rename one.`);
    lazy.set(part.name, part);
  };
  const built: Built[] = [];
  for (const bundle of namedBundles(note)) built.push(await buildOne(bundle));
  // The map grows while it is walked: a part may have parts of its own.
  for (const part of lazy.values()) built.push(await buildOne(nodePart(part, note)));
  await writeAll(built);
  return built;
}

async function buildOne(bundle: Bundle): Promise<Built> {
  const { metafile, outputFiles } = await build({ ...common(bundle), minify: true, metafile: true, write: false });
  return { name: bundle.name, entry: bundle.entry, file: bundle.options.outfile ?? '', metafile, outputs: outputFiles };
}

/** Only when everything is built: a build that fails leaves the last good one in place. */
async function writeAll(built: readonly Built[]): Promise<void> {
  const dist = join(projectFolder, 'dist');
  await mkdir(join(dist, 'meta'), { recursive: true });
  const written = new Set<string>();
  for (const { name, metafile, outputs } of built) {
    for (const { path, contents } of outputs) written.add(await write(path, contents));
    written.add(await write(join(dist, 'meta', `${name}.json`), JSON.stringify(metafile)));
  }
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(path)) await rm(path);
  }
}

async function write(path: string, contents: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
  if (path.endsWith('cli.mjs')) await chmod(path, 0o755);
  return path;
}

/** Rebuilds on every change, readable and with source maps, until the process is ended. */
export async function watchAll(): Promise<void> {
  const started = new Set<string>();
  const start = async (bundle: Bundle): Promise<void> => {
    if (started.has(bundle.name)) return;
    started.add(bundle.name);
    const watched = await context({ ...common(bundle), sourcemap: 'linked', logLevel: 'info' });
    await watched.watch();
  };
  const note = (part: LazyPart): void => void start(nodePart(part, note));
  for (const bundle of namedBundles(note)) await start(bundle);
}

function common({ entry, options }: Bundle): BuildOptions {
  return {
    absWorkingDir: projectFolder,
    entryPoints: [entry],
    bundle: true,
    legalComments: 'none',
    logLevel: 'warning',
    ...options,
  };
}
