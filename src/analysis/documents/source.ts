import type { FileId } from '../../base/span.ts';

/** One version of one file. Its identity is the key of every cache: a new version is a new object. */
export interface SourceText {
  readonly file: FileId;
  readonly text: string;
}

/**
 * What a look at a file gives. `pending` means that the caller hasn't fetched it yet: it reads `wanted` after
 * the run, fetches, and runs again, so that analysis stays synchronous over any file system.
 */
export type Reading =
  { readonly kind: 'text'; readonly source: SourceText } | { readonly kind: 'missing' | 'pending' | 'outside' | 'unreadable' };

/** The only way by which analysis meets files. Whoever calls decides what it may see. */
export interface FileReader {
  read(file: FileId): Reading;
  /** Names of the files (not folders) in a folder. A reader without it has no folders to show. */
  list?(folder: FileId): FolderListing;
}

export type FolderListing =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'missing' | 'pending' | 'outside' | 'unreadable' };
