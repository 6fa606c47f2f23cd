import type * as vscode from 'vscode';
import { checkStack, type CheckedStack } from '../analysis/check-stack.ts';
import { Documents, ParseCache } from '../analysis/documents/compose/resolve.ts';
import { stackRequestFor } from '../analysis/stack-request.ts';
import { judgementFor } from '../analysis/judgement.ts';
import type { FileId } from '../base/span.ts';
import { fileOf } from './convert.ts';
import type { FileFindings } from './findings.ts';
import { wishesOf } from './settings.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Each round fetches what the one before asked for: an include within an include takes two. */
const ROUNDS = 12;

export interface DocumentCheck {
  readonly checked: CheckedStack;
  readonly files: ReadonlyMap<FileId, FileFindings>;
}

/** Checks the stack of one document, fetching what it pulls in. Parsed files are kept from run to run. */
export class StackCheck {
  readonly #files: WorkspaceFiles;
  readonly #cache = new ParseCache();

  constructor(files: WorkspaceFiles) {
    this.#files = files;
  }

  async run(document: vscode.TextDocument): Promise<DocumentCheck> {
    let checked = this.#check(document);
    for (let round = 0; round < ROUNDS && checked.wanted.length > 0; round++) {
      await this.#files.fetch(checked.wanted);
      checked = this.#check(document);
    }
    return { checked, files: this.#byFile(checked) };
  }

  #check(document: vscode.TextDocument): CheckedStack {
    const documents = new Documents(this.#files, this.#cache);
    const request = stackRequestFor(fileOf(document.uri), documents);
    const judgement = judgementFor({ file: request.file, flags: {}, project: request.project, settings: wishesOf(document.uri) });
    return checkStack({ stack: request.stack, documents, judgement });
  }

  /** Every file of the stack has an entry, an empty one too: what it had before is gone then. */
  #byFile({ stack, findings }: CheckedStack): ReadonlyMap<FileId, FileFindings> {
    return new Map(
      stack.files.flatMap((file) => {
        const reading = this.#files.read(file);
        if (reading.kind !== 'text') return [];
        const mine = findings.filter(({ span }) => span.file === file);
        return [[file, { file, text: reading.source.text, findings: mine }]];
      }),
    );
  }
}
