import type { FileId } from '../../../base/span.ts';
import type { FileReader } from '../source.ts';

/** Files as a conf file's includes need them: their text, and what lies in a folder. */
export interface ConfFiles extends FileReader {
  /** Names of the files (not folders) in a folder. */
  list(folder: FileId): FolderListing;
}

export type FolderListing =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'missing' | 'pending' | 'outside' | 'unreadable' };
