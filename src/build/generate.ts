import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contributionFiles } from './generate-contributions.ts';
import { registryFiles } from './generate-registries.ts';
import { loadRules } from './load-rules.ts';
import { rulePages } from './generate-pages.ts';
import { translationFiles } from './generate-translations.ts';

/** A generated file: where it lies, from the project's root, and what belongs in it. */
export interface Generated {
  readonly path: string;
  readonly content: string;
}

const root = join(import.meta.dirname, '../..');

/** Registries come first: what follows imports the rules through the tree, not through them. */
async function generateAll(): Promise<readonly Generated[]> {
  const rules = await loadRules();
  return [...registryFiles(rules), ...rulePages(rules), ...contributionFiles(root), ...(await translationFiles(root, rules))];
}

/** Writes what differs; with `--check` names it and fails instead. */
async function main(): Promise<void> {
  const checking = process.argv.includes('--check');
  const files = await generateAll();
  const stale = [...files.filter(({ path, content }) => current(path) !== content).map(({ path }) => path), ...orphans(files)];
  if (checking && stale.length > 0) {
    console.error(`Stale generated files (run npm run generate):\n${stale.map((path) => `  ${path}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  for (const { path, content } of files) {
    if (current(path) === content) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  for (const path of orphans(files)) rmSync(join(root, path));
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
