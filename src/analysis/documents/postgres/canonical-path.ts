import { cleanPath } from '../../../base/path.ts';

/** A path as the server keeps it (canonicalize_path); an empty one stays empty. */
export function canonicalPath(path: string): string {
  return path === '' ? '' : cleanPath(path);
}
