import type { FileId } from '../../../base/span.ts';
import type { FileReader, FolderListing, Reading, SourceText } from '../source.ts';
import { parseYaml } from '../yaml.ts';
import type { YamlFile } from '../yaml-tree.ts';

/** Keeps parsed files across runs: one parse for each version of each file, whoever asks. */
export class ParseCache {
  readonly #files = new WeakMap<SourceText, YamlFile>();
  #parses = 0;

  /** How many texts were parsed so far. */
  get parses(): number {
    return this.#parses;
  }

  yaml(source: SourceText): YamlFile {
    const known = this.#files.get(source);
    if (known !== undefined) return known;
    this.#parses++;
    const parsed = parseYaml(source);
    this.#files.set(source, parsed);
    return parsed;
  }
}

/** The files of one run: what was looked at, and what the caller still has to fetch. */
export class Documents implements Required<FileReader> {
  readonly #reader: FileReader;
  readonly #cache: ParseCache;
  readonly #readings = new Map<FileId, Reading>();
  readonly #listings = new Map<FileId, FolderListing>();

  constructor(reader: FileReader, cache: ParseCache = new ParseCache()) {
    this.#reader = reader;
    this.#cache = cache;
  }

  get parses(): number {
    return this.#cache.parses;
  }

  /** Files and folders that were asked for and are not there yet. Fetch them and run again. */
  get wanted(): readonly FileId[] {
    return [...this.#readings, ...this.#listings].filter(([, { kind }]) => kind === 'pending').map(([file]) => file);
  }

  /** Everything that the run depended on, missing files included. */
  get readings(): ReadonlyMap<FileId, Reading> {
    return this.#readings;
  }

  read(file: FileId): Reading {
    const known = this.#readings.get(file);
    if (known !== undefined) return known;
    const reading = this.#reader.read(file);
    this.#readings.set(file, reading);
    return reading;
  }

  list(folder: FileId): FolderListing {
    const known = this.#listings.get(folder);
    if (known !== undefined) return known;
    const listing = this.#reader.list?.(folder) ?? { kind: 'outside' };
    this.#listings.set(folder, listing);
    return listing;
  }

  yaml(source: SourceText): YamlFile {
    return this.#cache.yaml(source);
  }
}
