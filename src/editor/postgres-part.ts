import * as vscode from 'vscode';
import type { SourceText } from '../analysis/documents/source.ts';
import type { YamlFile } from '../analysis/documents/yaml-tree.ts';
import { DisposableList } from '../base/disposable.ts';
import { once } from '../base/once.ts';
import type { CheckedStacks } from './checked-stacks.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Loads the language of PostgreSQL with the first conf file or server, and not before: its catalogue is large. */
export class PostgresPart implements vscode.Disposable {
  readonly #owned = new DisposableList();
  readonly #load: () => Promise<{ tune(): Promise<void> }>;

  constructor(files: WorkspaceFiles, stacks: CheckedStacks, yamlOf: (source: SourceText) => YamlFile) {
    this.#load = once(async () => {
      waiting.dispose();
      const { PostgresSupport } = await import('./postgres-support.ts');
      return this.#owned.add(new PostgresSupport(files, stacks, yamlOf));
    });
    const waiting = this.#owned.add(new DisposableList());
    waiting.add(vscode.workspace.onDidOpenTextDocument((document) => this.#loadFor(document)));
    waiting.add(
      stacks.onDidChange((file) => {
        if (
          stacks
            .around(file)
            ?.memory()
            .some(({ runtime }) => runtime === 'postgres') === true
        )
          void this.#load();
      }),
    );
    for (const document of vscode.workspace.textDocuments) this.#loadFor(document);
  }

  /** For the service or the conf file at the cursor. */
  async tune(): Promise<void> {
    await (await this.#load()).tune();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #loadFor({ languageId }: vscode.TextDocument): void {
    if (languageId === 'postgresql-conf') void this.#load();
  }
}
