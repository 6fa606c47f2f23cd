import type * as vscode from 'vscode';
import { checkFile, type CheckedFile } from '../analysis/check-file.ts';
import { checkStack, type CheckedStack } from '../analysis/check-stack.ts';
import type { DocumentKind } from '../analysis/document-kinds.ts';
import { discover } from '../analysis/documents/compose/discover.ts';
import { Documents, ParseCache } from '../analysis/documents/compose/resolve.ts';
import { StackCache } from '../analysis/documents/compose/stack-cache.ts';
import { findProject } from '../analysis/documents/project/find-project.ts';
import { judgementFor } from '../analysis/judgement.ts';
import type { HostFacts } from '../analysis/memory/host.ts';
import type { Finding } from '../analysis/rules/rule.ts';
import { stackRequestFor } from '../analysis/stack-request.ts';
import { folderOf } from '../base/path.ts';
import type { FileId } from '../base/span.ts';
import { fileOf } from './convert.ts';
import type { FileFindings } from './findings.ts';
import { PartLoader } from './parts.ts';
import { wishesOf } from './settings.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Each round fetches what the one before asked for: an include within an include takes two. */
const ROUNDS = 12;

export interface DocumentCheck {
  /** The stack that the document belongs to, where it does. */
  readonly stack: CheckedStack | undefined;
  readonly files: ReadonlyMap<FileId, FileFindings>;
}

/** An answer, and what it lacked: as long as that is something, it is only a first one. */
interface Attempt<T> extends Pick<CheckedFile, 'wanted' | 'missingParts'> {
  readonly answer: T;
}

/** Checks one file, open or not, with the stack around it, fetching what that pulls in. Parsed files are kept from run to run. */
export class DocumentChecker {
  readonly #files: WorkspaceFiles;
  readonly #cache = new ParseCache();
  readonly #stacks = new StackCache();
  readonly #loader = new PartLoader();
  readonly #host: () => HostFacts | undefined;

  constructor(files: WorkspaceFiles, host: () => HostFacts | undefined) {
    this.#files = files;
    this.#host = host;
  }

  async run(uri: vscode.Uri, kind: DocumentKind): Promise<DocumentCheck> {
    const stack = kind === 'project' ? undefined : await this.#settled(() => this.#stack(uri, kind));
    if (stack !== undefined && (kind === 'compose' || stack.files.includes(fileOf(uri))))
      return { stack, files: this.#byFile(stack.files, stack.findings) };
    if (kind === 'compose') return { stack: undefined, files: new Map() };
    const file = fileOf(uri);
    const alone = await this.#settled(() => this.#alone(uri, kind));
    return { stack: undefined, files: this.#byFile([file], alone.findings) };
  }

  /** Runs again until nothing is missing any more: neither files nor the bundles that read them. */
  async #settled<T>(check: () => Attempt<T>): Promise<T> {
    let attempt = check();
    for (let round = 0; round < ROUNDS && (attempt.wanted.length > 0 || attempt.missingParts.length > 0); round++) {
      await Promise.all([this.#files.fetch(attempt.wanted), this.#loader.load(attempt.missingParts)]);
      attempt = check();
    }
    return attempt.answer;
  }

  /** Of a Compose file its own stack; of others the one that a bare `docker compose` would start in their folder. */
  #stack(uri: vscode.Uri, kind: DocumentKind): Attempt<CheckedStack | undefined> {
    const documents = new Documents(this.#files, this.#cache);
    const own = fileOf(uri);
    const [around] = kind === 'compose' ? [own] : discover({ directory: folderOf(own), environment: new Map() }, documents).files;
    if (around === undefined) return { answer: undefined, wanted: documents.wanted, missingParts: [] };
    const { file, stack, project } = stackRequestFor(around, documents);
    const judgement = judgementFor({ file, flags: {}, project, settings: wishesOf(uri), host: this.#host() });
    const answer = checkStack({ stack, documents, judgement, parts: this.#loader.parts, stacks: this.#stacks });
    return { answer, wanted: answer.wanted, missingParts: answer.missingParts };
  }

  #alone(uri: vscode.Uri, kind: Exclude<DocumentKind, 'compose'>): Attempt<CheckedFile> {
    const documents = new Documents(this.#files, this.#cache);
    const file = fileOf(uri);
    const judgement = judgementFor({
      file,
      flags: {},
      project: findProject(file, documents),
      settings: wishesOf(uri),
      host: this.#host(),
    });
    const answer = checkFile(file, kind, { documents, judgement, parts: this.#loader.parts });
    return { answer, wanted: answer.wanted, missingParts: answer.missingParts };
  }

  /** Every file has an entry, an empty one too: what it had before is gone then. */
  #byFile(files: readonly FileId[], findings: readonly Finding[]): ReadonlyMap<FileId, FileFindings> {
    return new Map(
      files.flatMap((file) => {
        const reading = this.#files.read(file);
        if (reading.kind !== 'text') return [];
        const mine = findings.filter(({ span }) => span.file === file);
        return [[file, { file, text: reading.source.text, findings: mine }]];
      }),
    );
  }
}
