import * as vscode from 'vscode';
import { asMarkdown } from '../analysis/memory/report/print.ts';
import { budgetReport } from '../analysis/memory/report/report.ts';
import { LineIndex } from '../base/position.ts';
import { nameOf } from '../base/path.ts';
import type { OpenStack } from './checked-stacks.ts';

const SCHEME = 'headroom-budget';

/** The stack's table, the parts of its budget and the agents that fit, as a page that is read and closed. */
export class BudgetPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #pages = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  readonly onDidChange = this.#changed.event;

  async show(stack: OpenStack | undefined, agents: number): Promise<void> {
    if (stack === undefined) return;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${nameOf(stack.file)}.md` });
    const judged = stack.judged();
    const line = (offset: number): number => new LineIndex(stack.text).position(offset).line + 1;
    const report = budgetReport({
      stack: nameOf(stack.file),
      services: stack.memory(),
      board: judged?.board,
      reserve: stack.surroundings.reserve,
      most: agents,
      place: ({ file, start }) => (file === stack.file ? `${nameOf(file)}:${line(start)}` : nameOf(file)),
    });
    this.#pages.set(
      uri.path,
      asMarkdown(report, (english) => vscode.l10n.t(english)),
    );
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#pages.get(uri.path) ?? '';
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#pages.clear();
  }
}
