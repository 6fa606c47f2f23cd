import { fileId, type FileId } from './span.ts';

/*
 * Files are named by `/`-separated paths, with or without `scheme://authority` before them, so that one
 * algebra serves a terminal on any system and every kind of workspace an editor has.
 */

const ROOT = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/]*|[A-Za-z]:)?/i;

/** The folder that holds the file (or the folder above a folder). */
export function folderOf(file: FileId): FileId {
  const root = rootOf(file);
  const cut = file.lastIndexOf('/');
  if (cut < root.length) return fileId('.');
  return fileId(cut === root.length ? `${root}/` : file.slice(0, cut));
}

export function nameOf(file: FileId): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** Where a path written in a file of this folder leads; an absolute one stays within the same scheme and authority. */
export function joinPath(folder: FileId, path: string): FileId {
  const root = rootOf(folder);
  const absolute = path.startsWith('/');
  const ownRoot = /^[A-Za-z]:[\\/]/.test(path) && !root.includes('://') ? path.slice(0, 2) : root;
  const tail = ownRoot === root ? path : path.slice(2);
  const start = absolute || ownRoot !== root ? '' : folder.slice(root.length);
  return fileId(ownRoot + cleanPath(`${start}/${tail}`, absolute || ownRoot !== '' || start.startsWith('/')));
}

export function isWithin(folder: FileId, file: FileId): boolean {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return folder === '.' ? !file.startsWith('/') && !file.startsWith('../') : file === folder || file.startsWith(prefix);
}

/** The path without `.`, `name/..`, doubled slashes and a slash at its end; an absolute one never climbs out. */
export function cleanPath(path: string, absolute = path.startsWith('/')): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!absolute) kept.push(part);
  }
  const joined = kept.join('/');
  return absolute ? `/${joined}` : joined === '' ? '.' : joined;
}

function rootOf(path: string): string {
  return ROOT.exec(path)?.[0] ?? '';
}
