import { readdirSync } from 'node:fs';
import type { ConfFiles, FolderListing } from '../analysis/documents/postgres/conf-files.ts';
import type { FileId } from '../base/span.ts';
import { DiskFiles } from './disk-files.ts';

/** Conf files of this machine, and the folders that they include. */
export class DiskConfFiles extends DiskFiles implements ConfFiles {
  list(folder: FileId): FolderListing {
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      return { kind: 'names', names: entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name) };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
    }
  }
}
