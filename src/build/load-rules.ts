import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../analysis/rules/rule.ts';

/** A rule as it lies in the tree: `rules/<folder>/<id>.ts` exports one constant in camel case. */
export interface RuleFile {
  readonly folder: string;
  readonly id: string;
  readonly exportName: string;
  readonly rule: Rule;
}

/** A folder of rules: its document kind, and the type of model that they read. */
export const ruleFolders = [
  { folder: 'compose', model: 'Stack', from: '../documents/compose/model.ts' },
  { folder: 'postgres', model: 'PostgresConf', from: '../documents/postgres/model.ts' },
  { folder: 'project', model: 'ProjectFile', from: '../documents/project/model.ts' },
  { folder: 'mounted', model: 'MountedFile', from: '../mounted/model.ts' },
  { folder: 'dockerfile', model: 'Dockerfile', from: '../documents/dockerfile/model.ts' },
] as const;

const rulesRoot = join(import.meta.dirname, '../analysis/rules');

export async function loadRules(): Promise<readonly RuleFile[]> {
  const files = ruleFolders.flatMap(({ folder }) => idsIn(folder).map((id) => ({ folder, id, exportName: camelCase(id) })));
  return Promise.all(
    files.map(async (file) => {
      const module = (await import(pathToFileURL(join(rulesRoot, file.folder, `${file.id}.ts`)).href)) as Record<string, unknown>;
      const rule = module[file.exportName] as Rule | undefined;
      if (rule?.id !== file.id) throw new Error(`${file.folder}/${file.id}.ts must export ${file.exportName} with that id`);
      return { ...file, rule };
    }),
  );
}

/** Helpers of rules end in a word after a dot (`limit.shared.ts`): they are no rules. */
export function idsIn(folder: string): string[] {
  const path = join(rulesRoot, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -3))
    .sort();
}

export function camelCase(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
