import { message, type Message } from '../../../base/message.ts';
import { folderOf, joinPath } from '../../../base/path.ts';
import type { FileId, Span } from '../../../base/span.ts';
import type { ConfFiles } from './conf-files.ts';
import type { ConfInclude, ConfSetting, PostgresConf, ServerError } from './model.ts';
import { parsePostgresConf } from './parse.ts';
import { serverWords as text } from './server-words.ts';

export interface IncludedSetting {
  readonly setting: ConfSetting;
  /** The file as the server's messages name it. */
  readonly shownFile: string;
}

export interface Included {
  readonly settings: readonly IncludedSetting[];
  readonly errors: readonly ServerError[];
  readonly wanted: readonly FileId[];
}

/** Reads a file and what it includes, in place. A missing postgresql.auto.conf is none. */
export function readIncluded(file: FileId, files: ConfFiles, role: 'main' | 'auto'): Included {
  const collector = new Collector(files);
  collector.readFile(file, { depth: 0, from: undefined, span: undefined, optional: role === 'auto' });
  return collector;
}

/** Where an include leads: a file, or the files of a folder in byte order. */
export function includeTargets(include: ConfInclude, from: FileId, files: ConfFiles): readonly FileId[] | undefined {
  const target = joinPath(folderOf(from), include.path);
  return include.directive === 'include_dir' ? confsIn(target, files) : [target];
}

/** What an include_dir of the folder reads; undefined where the folder can't be looked at. */
export function confsIn(folder: FileId, files: ConfFiles): readonly FileId[] | undefined {
  const listing = files.list(folder);
  if (listing.kind !== 'names') return undefined;
  return listing.names
    .filter(isConfName)
    .sort(byBytes)
    .map((name) => joinPath(folder, name));
}

interface Visit {
  readonly depth: number;
  readonly from: FileId | undefined;
  readonly span: Span | undefined;
  readonly optional: boolean;
}

/** The server's own limit; a circle of files ends there. */
const MAX_DEPTH = 10;

class Collector implements Included {
  readonly settings: IncludedSetting[] = [];
  readonly errors: ServerError[] = [];
  readonly wanted: FileId[] = [];
  readonly #files: ConfFiles;

  constructor(files: ConfFiles) {
    this.#files = files;
  }

  readFile(file: FileId, visit: Visit): void {
    if (visit.depth > MAX_DEPTH) this.#fail(message(text.tooDeep, { file }), visit.span);
    else if (file === visit.from) this.#fail(message(text.recursion, { file }), visit.span);
    else this.#readKnown(file, visit);
  }

  #readKnown(file: FileId, visit: Visit): void {
    const reading = this.#files.read(file);
    if (reading.kind === 'text') {
      this.#take(parsePostgresConf(reading.source), file, visit.depth);
    } else if (reading.kind === 'pending') {
      this.wanted.push(file);
    } else if (reading.kind === 'missing' && !visit.optional) {
      this.#fail(message(visit.from === undefined ? text.noServerFile : text.cannotOpenFile, { file }), visit.span);
    } else if (reading.kind === 'unreadable') {
      this.#fail(message(text.unreadableFile, { file }), visit.span);
    }
  }

  #take(conf: PostgresConf, file: FileId, depth: number): void {
    for (const problem of conf.problems) {
      const data = { file, line: problem.line, token: problem.near ?? '' };
      this.#fail(message(problem.near === undefined ? text.syntaxAtEnd : text.syntaxNear, data), problem.span);
      if (problem.last) this.#fail(message(text.tooManyErrors, { file }), problem.span);
    }
    for (const entry of conf.entries) {
      if (entry.kind === 'setting') this.settings.push({ setting: entry, shownFile: file });
      else this.#include(entry, file, depth);
    }
  }

  #include(include: ConfInclude, from: FileId, depth: number): void {
    const folder = include.directive === 'include_dir';
    if (/^[ \t\r\n]*$/.test(include.path)) {
      this.#fail(message(folder ? text.emptyFolderName : text.emptyFileName, { file: include.path }), include.pathSpan);
      return;
    }
    const target = joinPath(folderOf(from), include.path);
    if (folder && this.#files.list(target).kind === 'pending') this.wanted.push(target);
    const targets = includeTargets(include, from, this.#files);
    if (targets === undefined && this.#files.list(target).kind === 'missing') {
      this.#fail(message(text.cannotOpenFolder, { file: target }), include.pathSpan);
    }
    const optional = include.directive === 'include_if_exists';
    for (const each of targets ?? []) this.readFile(each, { depth: depth + 1, from, span: include.pathSpan, optional });
  }

  #fail(said: Message, span: Span | undefined): void {
    this.errors.push(span === undefined ? { message: said } : { message: said, span });
  }
}

function isConfName(name: string): boolean {
  return name.length >= 6 && name.endsWith('.conf') && !name.startsWith('.');
}

function byBytes(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
