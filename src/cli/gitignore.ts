import { readFileSync } from 'node:fs';
import { matchesGlob } from '../base/glob.ts';
import { joinPath } from '../base/path.ts';
import type { FileId } from '../base/span.ts';

/** The patterns of the `.gitignore` files from a folder upwards, the outermost first. */
export type IgnoreRules = readonly IgnoreRule[];

interface IgnoreRule {
  readonly folder: FileId;
  readonly pattern: string;
  readonly onlyFolders: boolean;
  readonly negated: boolean;
}

/** Adds what a folder's own `.gitignore` says. */
export function withGitignore(folder: FileId, outer: IgnoreRules): IgnoreRules {
  try {
    const lines = readFileSync(joinPath(folder, '.gitignore'), 'utf8').split(/\r?\n/);
    return [...outer, ...lines.flatMap((line) => ruleOf(folder, line))];
  } catch {
    return outer;
  }
}

/** As git decides: the last pattern that matches has the say. */
export function isIgnored(path: FileId, isFolder: boolean, rules: IgnoreRules): boolean {
  const last = rules.findLast(({ folder, pattern, onlyFolders }) => {
    if (onlyFolders && !isFolder) return false;
    return matchesGlob(pattern, path.slice(folder.length).replace(/^\//, ''));
  });
  return last?.negated === false;
}

function ruleOf(folder: FileId, line: string): IgnoreRule[] {
  const written = line.replace(/(?<!\\)\s+$/, '');
  if (written === '' || written.startsWith('#')) return [];
  const negated = written.startsWith('!');
  const bare = written.slice(negated ? 1 : 0).replace(/^\\([#!])/, '$1');
  const onlyFolders = bare.endsWith('/');
  const pattern = bare.replace(/\/$/, '');
  // A slash at the start or in the middle ties the pattern to its own folder; `./` does that for our globs.
  return [{ folder, pattern: pattern.includes('/') ? `./${pattern.replace(/^\//, '')}` : pattern, onlyFolders, negated }];
}
