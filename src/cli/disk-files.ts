import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { FileReader, FolderListing, Reading, SourceText } from '../analysis/documents/source.ts';
import type { FileId } from '../base/span.ts';

const LARGEST = 4 * 1024 * 1024;

/**
 * Files of this machine. A stack that a person names on the command line may reach wherever Compose would;
 * what stands in `given` (standard input) wins over the disk.
 */
export class DiskFiles implements Required<FileReader> {
  readonly #known = new Map<FileId, Reading>();

  constructor(given: readonly SourceText[] = []) {
    for (const source of given) this.replace(source);
  }

  read(file: FileId): Reading {
    const known = this.#known.get(file) ?? load(file);
    this.#known.set(file, known);
    return known;
  }

  list(folder: FileId): FolderListing {
    try {
      const entries = readdirSync(folder, { withFileTypes: true });
      return { kind: 'names', names: entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name) };
    } catch (error) {
      return { kind: isGone(error) ? 'missing' : 'unreadable' };
    }
  }

  replace(source: SourceText): void {
    this.#known.set(source.file, { kind: 'text', source });
  }
}

function load(file: FileId): Reading {
  try {
    const facts = statSync(file);
    if (!facts.isFile()) return { kind: 'missing' };
    if (facts.size > LARGEST) return { kind: 'unreadable' };
    return { kind: 'text', source: { file, text: readFileSync(file, 'utf8') } };
  } catch (error) {
    return { kind: isGone(error) ? 'missing' : 'unreadable' };
  }
}

function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
