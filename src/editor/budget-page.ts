import * as vscode from 'vscode';
import { asMarkdown } from '../analysis/memory/report/print.ts';
import { budgetReport } from '../analysis/memory/report/report.ts';
import { LineIndex } from '../base/position.ts';
import { nameOf } from '../base/path.ts';
import type { OpenStack } from './checked-stacks.ts';
import { MarkdownPages } from './markdown-pages.ts';

/** The stack's table, the parts of its budget and the agents that fit, as a page that is read and closed. */
export class BudgetPages implements vscode.Disposable {
  readonly #pages = new MarkdownPages('headroom-budget');

  async show(stack: OpenStack | undefined, agents: number): Promise<void> {
    if (stack === undefined) return;
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
    const page = asMarkdown(report, (english) => vscode.l10n.t(english));
    await this.#pages.show(nameOf(stack.file), page);
  }

  dispose(): void {
    this.#pages.dispose();
  }
}
