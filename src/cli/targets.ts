import { readdirSync, statSync } from 'node:fs';
import { kindOf } from '../analysis/document-kinds.ts';
import { message } from '../base/message.ts';
import { joinPath, nameOf } from '../base/path.ts';
import { fileId, type FileId } from '../base/span.ts';
import { isIgnored, withGitignore, type IgnoreRules } from './gitignore.ts';
import { text } from './text.ts';
import { UsageError, type Terminal } from './verb.ts';

/** What a person named on the command line, as files that exist. Folders are searched for Compose files. */
export function namedFiles(words: readonly string[], terminal: Terminal): readonly FileId[] {
  const here = fileId(terminal.workingDirectory);
  const named = words.length === 0 ? ['.'] : words;
  const files = named.flatMap((word) => {
    const path = joinPath(here, word.replaceAll('\\', '/'));
    return isFolder(path, word) ? composeFilesBelow(path) : [path];
  });
  if (files.length === 0) throw new UsageError(message(text.noFiles, { folder: named.join(', ') }));
  return [...new Set(files)];
}

/** As a person on this machine would write it: relative where it lies below the working directory. */
export function shown(file: FileId, terminal: Terminal): string {
  const prefix = `${terminal.workingDirectory.replace(/\/$/, '')}/`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}

const OVERRIDE_NAME = /^(?:docker-)?compose\.override\.ya?ml$/i;

/** Depth first, names in order, so that output never depends on the file system. */
function composeFilesBelow(folder: FileId, outer: IgnoreRules = []): FileId[] {
  const rules = withGitignore(folder, outer);
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = joinPath(folder, entry.name);
    if (isIgnored(path, entry.isDirectory(), rules)) return [];
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : composeFilesBelow(path, rules);
    return entry.isFile() && isCheckedInFolders(path) ? [path] : [];
  });
}

const SKIPPED = new Set(['node_modules', '.git']);

/** An override is no stack of its own: the file beside it pulls it in. So are conf files and Dockerfiles, by their stacks. */
function isCheckedInFolders(path: FileId): boolean {
  const kind = kindOf(path);
  return kind === 'project' || (kind === 'compose' && !OVERRIDE_NAME.test(nameOf(path)));
}

function isFolder(path: FileId, word: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(
      message(text.unreadable, { path: word, reason: error instanceof Error ? error.message : String(error) }),
    );
  }
}
