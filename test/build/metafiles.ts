import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { projectFolder } from '../../src/build/bundles.ts';

const folder = join(projectFolder, 'dist/meta');

export const metafiles: ReadonlyMap<string, Metafile> = new Map(
  readdirSync(folder).map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Metafile]),
);

/** The package that a path into node_modules belongs to; the innermost, where they nest. */
export function packageOf(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}
