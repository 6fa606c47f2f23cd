import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contributionFiles } from './generate-contributions.ts';
import { registryFiles, ruleIdFile } from './generate-registries.ts';
import { loadRules } from './load-rules.ts';
import { schemaFile } from './generate-schema.ts';
import { rulePages } from './generate-pages.ts';
import { translationFiles } from './generate-translations.ts';

/** A generated file: where it lies, from the project's root, and what belongs in it. */
export interface Generated {
  readonly path: string;
  readonly content: string;
}

const root = join(import.meta.dirname, '../..');

/** Registries come first: what follows imports the rules through the tree, not through them. */
async function generateAll(checking: boolean): Promise<readonly Generated[]> {
  const ids = ruleIdFile();
  // Some rules read the list of all, so it must be there before any is loaded.
  if (!checking) write(ids);
  const rules = await loadRules();
  return [
    ids,
    ...registryFiles(rules),
    ...rulePages(rules),
    schemaFile(),
    ...contributionFiles(root),
    ...(await translationFiles(root, rules)),
  ];
}

/** Writes what differs; with `--check` names it and fails instead. */
async function main(): Promise<void> {
  const checking = process.argv.includes('--check');
  const files = await generateAll(checking);
  const stale = [...files.filter(({ path, content }) => current(path) !== content).map(({ path }) => path), ...orphans(files)];
  if (checking && stale.length > 0) {
    console.error(`Stale generated files (run npm run generate):\n${stale.map((path) => `  ${path}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  for (const file of files) write(file);
  for (const path of orphans(files)) rmSync(join(root, path));
}

function write({ path, content }: Generated): void {
  if (current(path) === content) return;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Pages of rules that are gone. */
function orphans(files: readonly Generated[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  return pagesThatExist()
    .map((name) => `media/rules/${name}`)
    .filter((path) => !known.has(path));
}

function pagesThatExist(): string[] {
  try {
    return readdirSync(join(root, 'media/rules'));
  } catch {
    return [];
  }
}

function current(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

await main();
