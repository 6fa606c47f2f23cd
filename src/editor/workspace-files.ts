import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { isWithin } from '../base/path.ts';
import type { FileId } from '../base/span.ts';
import type { FileReader, Reading, SourceText } from '../analysis/documents/source.ts';
import { fileOf, uriOf } from './convert.ts';

/** Larger ones are no Compose or conf file; analysis refuses them at 1 MB with a finding of its own. */
const LARGEST = 4 * 1024 * 1024;

/**
 * The workspace as analysis sees it: unsaved text wins, everything else comes through `workspace.fs`, and
 * nothing outside the workspace folders is looked at. Reads are answered from memory; `fetch` fills it.
 */
export class WorkspaceFiles implements FileReader, Disposable {
  readonly #onDisk = new Map<FileId, Reading>();
  readonly #open = new WeakMap<vscode.TextDocument, { readonly version: number; readonly source: SourceText }>();
  readonly #changed = new vscode.EventEmitter<FileId>();
  readonly #watcher: vscode.FileSystemWatcher;

  /** A file that analysis has asked for changed, came or went on disk. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#watcher = vscode.workspace.createFileSystemWatcher('**/{*.yml,*.yaml,*.conf,.env,*.env,Dockerfile*,*.Dockerfile}');
    for (const event of [this.#watcher.onDidChange, this.#watcher.onDidCreate, this.#watcher.onDidDelete]) {
      event((uri) => {
        this.#forget(fileOf(uri));
      });
    }
  }

  read(file: FileId): Reading {
    const document = vscode.workspace.textDocuments.find((each) => !each.isClosed && fileOf(each.uri) === file);
    if (document !== undefined) return { kind: 'text', source: this.source(document) };
    return this.#onDisk.get(file) ?? { kind: this.#mayRead(file) ? 'pending' : 'outside' };
  }

  /** The document's text as one object a version, so that every cache over it holds until the next keystroke. */
  source(document: vscode.TextDocument): SourceText {
    const known = this.#open.get(document);
    if (known?.version === document.version) return known.source;
    const source = { file: fileOf(document.uri), text: document.getText() };
    this.#open.set(document, { version: document.version, source });
    return source;
  }

  async fetch(files: Iterable<FileId>): Promise<void> {
    await Promise.all([...files].map(async (file) => this.#onDisk.set(file, await load(file))));
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  #forget(file: FileId): void {
    if (this.#onDisk.delete(file)) this.#changed.fire(file);
  }

  #mayRead(file: FileId): boolean {
    return (vscode.workspace.workspaceFolders ?? []).some((folder) => isWithin(fileOf(folder.uri), file));
  }
}

async function load(file: FileId): Promise<Reading> {
  const uri = uriOf(file);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0) return { kind: 'missing' };
    if (size > LARGEST) return { kind: 'unreadable' };
    return { kind: 'text', source: { file, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) } };
  } catch (error) {
    const gone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return { kind: gone ? 'missing' : 'unreadable' };
  }
}
