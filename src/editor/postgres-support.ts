import * as vscode from 'vscode';
import type { SourceText } from '../analysis/documents/source.ts';
import type { YamlFile } from '../analysis/documents/yaml-tree.ts';
import { DisposableList } from '../base/disposable.ts';
import type { CheckedStacks } from './checked-stacks.ts';
import { fileOf } from './convert.ts';
import { composeSelector, kindOfDocument } from './documents.ts';
import { PostgresLanguage } from './postgres-language.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

const CONF = 'postgresql-conf';

/** What VS Code makes of a conf file whose name says nothing to it. */
const WITHOUT_LANGUAGE = ['plaintext', 'ini', 'properties', 'conf'];

/** What the editor asks PostgreSQL's language for, and the one command. */
export class PostgresSupport implements vscode.Disposable {
  readonly #owned = new DisposableList();
  readonly #stacks: CheckedStacks;
  readonly #language: PostgresLanguage;
  readonly #yamlOf: (source: SourceText) => YamlFile;
  /** Whoever turned a file back meant it. */
  readonly #turnedBack = new Set<string>();

  constructor(files: WorkspaceFiles, stacks: CheckedStacks, yamlOf: (source: SourceText) => YamlFile) {
    this.#stacks = stacks;
    this.#language = new PostgresLanguage(files, stacks);
    this.#yamlOf = yamlOf;
    this.#registerForConf();
    this.#registerForCommand();
    this.#owned.add(stacks.onDidChange(() => this.#nameConfs()));
    this.#owned.add(vscode.workspace.onDidOpenTextDocument(() => this.#nameConfs()));
    this.#owned.add(vscode.workspace.onDidCloseTextDocument((document) => this.#closed(document)));
    this.#nameConfs();
  }

  /** For the service or the conf file at the cursor. */
  async tune(): Promise<void> {
    const { tuneHere } = await import('./postgres-tuning.ts');
    await tuneHere(this.#language.servers, this.#yamlOf);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #registerForConf(): void {
    const selector = { language: CONF };
    const { languages } = vscode;
    const language = this.#language;
    for (const registration of [
      languages.registerCompletionItemProvider(
        selector,
        {
          provideCompletionItems: (document, position) => language.complete(document, position),
          resolveCompletionItem: (item) => language.resolve(item),
        },
        '=',
        ' ',
        "'",
      ),
      languages.registerHoverProvider(selector, {
        provideHover: (document, position) => language.hover(document, position),
      }),
      languages.registerDocumentSymbolProvider(selector, {
        provideDocumentSymbols: (document) => language.symbols(document),
      }),
      languages.registerFoldingRangeProvider(selector, {
        provideFoldingRanges: (document) => language.folds(document),
      }),
      languages.registerDocumentLinkProvider(selector, {
        provideDocumentLinks: (document) => language.links(document),
      }),
      languages.registerDefinitionProvider(selector, {
        provideDefinition: (document, position) => language.definition(document, position),
      }),
    ])
      this.#owned.add(registration);
  }

  #registerForCommand(): void {
    const language = this.#language;
    this.#owned.add(
      vscode.languages.registerCompletionItemProvider(
        composeSelector,
        {
          provideCompletionItems: (document, position) =>
            this.#runsPostgres(document) ? language.completeWords(document, position) : [],
          resolveCompletionItem: (item) => language.resolve(item),
        },
        '=',
        '-',
      ),
    );
    this.#owned.add(
      vscode.languages.registerHoverProvider(composeSelector, {
        provideHover: (document, position) =>
          this.#runsPostgres(document) ? language.hoverWords(document, position) : undefined,
      }),
    );
  }

  #runsPostgres(document: vscode.TextDocument): boolean {
    if (kindOfDocument(document) !== 'compose') return false;
    const stack = this.#stacks.around(fileOf(document.uri));
    return stack?.memory().some(({ runtime }) => runtime === 'postgres') === true;
  }

  /** A file that a stack has as the server's conf is shown as one, whatever its name. */
  #nameConfs(): void {
    for (const document of vscode.workspace.textDocuments) {
      const { isClosed, languageId, uri } = document;
      if (isClosed || !WITHOUT_LANGUAGE.includes(languageId) || this.#turnedBack.has(uri.toString())) continue;
      const file = fileOf(uri);
      const stack = this.#stacks.around(file);
      if (stack !== undefined && !stack.stack.files.includes(file)) void this.#nameConf(document);
    }
  }

  async #nameConf(document: vscode.TextDocument): Promise<void> {
    if (this.#language.servers.isConf(document)) await vscode.languages.setTextDocumentLanguage(document, CONF);
  }

  /** A change of language is a close and an open in one go. */
  #closed({ languageId, uri }: vscode.TextDocument): void {
    const name = uri.toString();
    if (languageId !== CONF) return;
    this.#turnedBack.add(name);
    setTimeout(() => {
      if (!vscode.workspace.textDocuments.some((open) => open.uri.toString() === name)) this.#turnedBack.delete(name);
    }, 0);
  }
}
