import { checkFile } from '../analysis/check-file.ts';
import { checkStack, type Parts } from '../analysis/check-stack.ts';
import { kindOf } from '../analysis/document-kinds.ts';
import { findProject } from '../analysis/documents/project/find-project.ts';
import * as dockerfile from '../analysis/dockerfile/check-dockerfiles.ts';
import * as mounted from '../analysis/mounted/check-mounted.ts';
import * as postgres from '../analysis/postgres/check-postgres.ts';
import { Documents } from '../analysis/documents/compose/resolve.ts';
import { findingKey, inOrder } from '../analysis/findings.ts';
import { judgementFor, type Wishes } from '../analysis/judgement.ts';
import type { Finding } from '../analysis/rules/rule.ts';
import { LineIndex } from '../base/position.ts';
import type { FileId, Span } from '../base/span.ts';
import type { Asked, AskedStack } from './asked-stacks.ts';
import type { Place, Report } from './formats/format.ts';
import { shown } from './targets.ts';
import type { Call, Terminal } from './verb.ts';
import { wishes } from './wishes.ts';

/** A single bundle has everything at hand. */
const parts: Parts = { postgres, dockerfile, mounted };

/** Findings of everything that was asked about. After files were replaced in memory, `run` looks again. */
export class Check implements Report {
  readonly #asked: Asked;
  readonly #flags: Wishes;
  readonly #terminal: Terminal;
  readonly #lines = new Map<FileId, LineIndex>();
  #findings: readonly Finding[] = [];
  #files: readonly FileId[] = [];
  #judgedByBoard = false;

  constructor(asked: Asked, call: Call, terminal: Terminal) {
    this.#asked = asked;
    this.#flags = wishes(call);
    this.#terminal = terminal;
    this.run();
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get files(): readonly FileId[] {
    return this.#files;
  }

  /** Whether any stack had a board to be judged by. */
  get judgedByBoard(): boolean {
    return this.#judgedByBoard;
  }

  run(): void {
    const findings = new Map<string, Finding>();
    const files = new Set<FileId>();
    for (const asked of this.#asked.stacks) {
      for (const finding of this.#check(asked, files)) findings.set(findingKey(finding), finding);
    }
    for (const file of this.#asked.single.filter((each) => !files.has(each))) {
      for (const finding of this.#checkSingle(file)) findings.set(findingKey(finding), finding);
      files.add(file);
    }
    this.#findings = inOrder([...findings.values()]);
    this.#files = [...files];
    this.#lines.clear();
  }

  replace(file: FileId, newText: string): void {
    this.#asked.disk.replace({ file, text: newText });
  }

  shown(file: FileId): string {
    return shown(file, this.#terminal);
  }

  textOf(file: FileId): string {
    const reading = this.#asked.disk.read(file);
    return reading.kind === 'text' ? reading.source.text : '';
  }

  place({ file, start, end }: Span): Place {
    const index = this.#lines.get(file) ?? new LineIndex(this.textOf(file));
    this.#lines.set(file, index);
    const [from, to] = [index.position(start), index.position(end)];
    return { line: from.line + 1, column: from.column + 1, endLine: to.line + 1, endColumn: to.column + 1 };
  }

  /** A conf file that a stack reads was judged with it, knowing its container; the others stand alone. */
  #checkSingle(file: FileId): readonly Finding[] {
    const kind = kindOf(file) ?? 'postgres-conf';
    if (kind === 'compose') return [];
    const documents = new Documents(this.#asked.disk, this.#asked.cache);
    const judgement = judgementFor({ file, flags: this.#flags, project: findProject(file, documents), settings: {} });
    return checkFile(file, kind, { documents, judgement, parts }).findings;
  }

  #check({ request, project }: AskedStack, files: Set<FileId>): readonly Finding[] {
    const [file] = request.files;
    if (file === undefined) return [];
    const judgement = judgementFor({ file, flags: this.#flags, project, settings: {} });
    this.#judgedByBoard ||= judgement.surroundings.board !== undefined;
    const documents = new Documents(this.#asked.disk, this.#asked.cache);
    const { findings, files: looked } = checkStack({ stack: request, documents, judgement, parts });
    for (const each of looked) files.add(each);
    return findings;
  }
}
