import * as vscode from 'vscode';
import { DisposableList } from '../base/disposable.ts';
import { formatBytes } from '../base/bytes.ts';
import { message } from '../base/message.ts';
import type { CheckedStacks, OpenStack } from './checked-stacks.ts';
import type { CommandId } from './contributions.ts';
import { verdictMessage } from './stack-lens.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** The stack's total against the budget, while one of its files is in front. */
export class StatusBar implements vscode.Disposable {
  readonly #owned = new DisposableList();
  readonly #item: vscode.StatusBarItem;
  readonly #stacks: CheckedStacks;

  constructor(stacks: CheckedStacks) {
    this.#stacks = stacks;
    this.#item = this.#owned.add(vscode.window.createStatusBarItem('headroom.stack', vscode.StatusBarAlignment.Right, 90));
    this.#item.name = 'Headroom';
    this.#owned.add(stacks.onDidChange(() => this.#show()));
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor(() => this.#show()));
    this.#show();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #show(): void {
    const document = vscode.window.activeTextEditor?.document;
    const stack = document === undefined ? undefined : this.#stacks.of(document);
    if (stack === undefined || stack.stack.services.length === 0) this.#item.hide();
    else this.#describe(stack);
  }

  #describe(stack: OpenStack): void {
    const judged = stack.judged();
    const command: CommandId = judged === undefined ? 'headroom.chooseBoard' : 'headroom.showBudget';
    this.#item.command = command;
    this.#item.text =
      judged === undefined
        ? `$(circuit-board) ${say(message(text.chooseBoard))}`
        : `$(circuit-board) ${formatBytes(judged.need)} / ${formatBytes(judged.budget.available)}`;
    this.#item.tooltip = say(verdictMessage(stack));
    this.#item.accessibilityInformation = { label: `Headroom: ${say(verdictMessage(stack))}` };
    const bad = judged?.verdict === 'cannot-fit' || judged?.verdict === 'overcommitted';
    this.#item.backgroundColor = bad ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.show();
  }
}
