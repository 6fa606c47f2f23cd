import * as vscode from 'vscode';
import { DisposableList } from '../base/disposable.ts';
import type { FileId } from '../base/span.ts';
import type { CheckedStacks } from './checked-stacks.ts';
import type { ConnectedHost } from './connected-host.ts';
import { fileOf, uriOf } from './convert.ts';
import { kindOfDocument } from './documents.ts';
import type { FindingStore } from './findings.ts';
import { DocumentChecker } from './document-check.ts';
import { namedStacks } from './named-stacks.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/**
 * Long enough to let a burst of keystrokes pass, short enough that 100 ms after the last one the finding
 * stands: VS Code itself holds diagnostics back by up to 50 ms.
 */
const QUIET_MILLISECONDS = 25;

const NAMED_MILLISECONDS = 300;

/** Where answers go. */
export interface Answers {
  readonly store: FindingStore;
  readonly stacks: CheckedStacks;
}

/** Where documents and what they are judged by come from. */
export interface Sources {
  readonly files: WorkspaceFiles;
  readonly host: ConnectedHost;
}

/** Keeps the findings of every stack that has an open file or that `headroom.yaml` names, and of no other. */
export class StackWatch implements vscode.Disposable {
  readonly #owned = new DisposableList();
  readonly #check: DocumentChecker;
  readonly #store: FindingStore;
  readonly #stacks: CheckedStacks;
  readonly #publish: (touched: ReadonlySet<FileId>) => void;
  readonly #timers = new Map<vscode.TextDocument, ReturnType<typeof setTimeout>>();
  #named: ReadonlySet<FileId> = new Set();
  #namedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor({ files, host }: Sources, { store, stacks }: Answers, publish: (touched: ReadonlySet<FileId>) => void) {
    this.#check = new DocumentChecker(files, () => host.facts);
    this.#store = store;
    this.#stacks = stacks;
    this.#publish = publish;
    this.#owned.add(files.onDidChange(() => this.#recheckAll()));
    this.#owned.add(host.onDidChange(() => this.#recheckAll()));
  }

  start(): void {
    this.#owned.add(vscode.workspace.onDidOpenTextDocument((document) => this.#soon(document, 0)));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument((document) => this.#drop(document)));
    this.#owned.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#soon(document, QUIET_MILLISECONDS);
      }),
    );
    this.#owned.add(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('headroom')) this.#recheckAll();
      }),
    );
    this.#recheckAll();
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    clearTimeout(this.#namedTimer);
    this.#timers.clear();
    this.#owned.dispose();
  }

  #recheckAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#soon(document, 0);
    clearTimeout(this.#namedTimer);
    // A branch that is switched changes many files at once: one look is enough for all of them.
    this.#namedTimer = setTimeout(() => void this.#runNamed(), NAMED_MILLISECONDS);
  }

  /** The stacks that a project names are checked closed, too; nobody's repository is searched for others unasked. */
  async #runNamed(): Promise<void> {
    const files = await namedStacks();
    for (const file of [...this.#named].filter((each) => !files.includes(each)))
      this.#publish(this.#store.replace(`named ${file}`, new Map()));
    this.#named = new Set(files);
    for (const file of files) {
      const { files: found } = await this.#check.run(uriOf(file), 'compose');
      if (this.#owned.disposed) return;
      this.#publish(this.#store.replace(`named ${file}`, found));
    }
  }

  #soon(document: vscode.TextDocument, milliseconds: number): void {
    if (kindOfDocument(document) === undefined) return;
    clearTimeout(this.#timers.get(document));
    this.#timers.set(
      document,
      setTimeout(() => {
        this.#timers.delete(document);
        void this.#run(document);
      }, milliseconds),
    );
  }

  async #run(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const text = document.getText();
    const kind = kindOfDocument(document);
    if (kind === undefined) return;
    const { stack, files } = await this.#check.run(document.uri, kind);
    // A later keystroke has its own run under way; its answer is the one that counts.
    if (this.#owned.disposed || document.isClosed || document.version !== version) return;
    const file = fileOf(document.uri);
    if (stack === undefined) this.#stacks.delete(file);
    else this.#stacks.set({ ...stack, file, text });
    this.#publish(this.#store.replace(file, files));
  }

  #drop(document: vscode.TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#stacks.delete(fileOf(document.uri));
    this.#publish(this.#store.replace(fileOf(document.uri), new Map()));
  }
}
