import * as vscode from 'vscode';
import type { Disposable } from '../base/disposable.ts';
import { folderOf, isWithin } from '../base/path.ts';
import type { FileId } from '../base/span.ts';
import type { FileReader, FolderListing, Reading, SourceText } from '../analysis/documents/source.ts';
import { fileOf, uriOf } from './convert.ts';

/** Larger ones are no Compose or conf file; analysis refuses them at 1 MB with a finding of its own. */
const LARGEST = 4 * 1024 * 1024;

/**
 * The workspace as analysis sees it: unsaved text wins, everything else comes through `workspace.fs`, and
 * nothing outside the workspace folders is looked at. Reads are answered from memory; `fetch` fills it.
 */
export class WorkspaceFiles implements Required<FileReader>, Disposable {
  readonly #onDisk = new Map<FileId, Reading>();
  readonly #folders = new Map<FileId, FolderListing>();
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

  list(folder: FileId): FolderListing {
    return this.#folders.get(folder) ?? { kind: this.#mayRead(folder) ? 'pending' : 'outside' };
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
    await Promise.all(
      [...files].map(async (file) => {
        const { reading, listing } = await load(file);
        this.#onDisk.set(file, reading);
        this.#folders.set(file, listing);
      }),
    );
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  #forget(file: FileId): void {
    // A file that comes or goes changes what its folder shows.
    this.#folders.delete(folderOf(file));
    if (this.#onDisk.delete(file)) this.#changed.fire(file);
  }

  #mayRead(file: FileId): boolean {
    return (vscode.workspace.workspaceFolders ?? []).some((folder) => isWithin(fileOf(folder.uri), file));
  }
}

/** A path may have been meant as a file or as a folder: it is answered as both. */
async function load(file: FileId): Promise<{ readonly reading: Reading; readonly listing: FolderListing }> {
  const uri = uriOf(file);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return { reading: { kind: 'missing' }, listing: await namesIn(uri) };
    if ((type & vscode.FileType.File) === 0) return both('missing');
    if (size > LARGEST) return { reading: { kind: 'unreadable' }, listing: { kind: 'missing' } };
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return { reading: { kind: 'text', source: { file, text } }, listing: { kind: 'missing' } };
  } catch (error) {
    return both(error instanceof vscode.FileSystemError && error.code === 'FileNotFound' ? 'missing' : 'unreadable');
  }
}

function both(kind: 'missing' | 'unreadable') {
  return { reading: { kind }, listing: { kind } } as const;
}

async function namesIn(folder: vscode.Uri): Promise<FolderListing> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return { kind: 'names', names: entries.filter(([, type]) => (type & vscode.FileType.Directory) === 0).map(([name]) => name) };
}
