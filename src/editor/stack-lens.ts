import * as vscode from 'vscode';
import { message, type Message } from '../base/message.ts';
import { formatBytes } from '../base/bytes.ts';
import type { CheckedStacks, OpenStack } from './checked-stacks.ts';
import type { CommandId } from './contributions.ts';
import { Positions } from './convert.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** One line above `services:`, with the verdict and what can be done about it; no other row of lenses. */
export class StackLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #stacks: CheckedStacks;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(stacks: CheckedStacks) {
    this.#stacks = stacks;
    this.#subscription = stacks.onDidChange(() => this.#changed.fire());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const stack = this.#stacks.of(document);
    if (stack === undefined || stack.stack.anchor.file !== stack.file || stack.stack.services.length === 0) return [];
    if (!vscode.workspace.getConfiguration('headroom', document).get<boolean>('codeLens', true)) return [];
    const range = new Positions(stack.text).range(stack.stack.anchor);
    const lens = (said: Message, command: CommandId): vscode.CodeLens =>
      new vscode.CodeLens(range, { title: say(said), command, arguments: [document.uri] });
    const judged = stack.judged();
    if (judged === undefined) return [lens(message(text.lensNoBoard, needOf(stack)), 'headroom.chooseBoard')];
    const verdict = lens(verdictMessage(stack), 'headroom.showBudget');
    return judged.verdict === 'fits'
      ? [verdict]
      : [verdict, lens(message(text.lensFit, { board: judged.board.name }), 'headroom.fitStack')];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** The verdict in one line, for the lens and the status bar. */
export function verdictMessage(stack: OpenStack): Message {
  const judged = stack.judged();
  if (judged === undefined) return message(text.noBoardYet);
  const data = { need: formatBytes(judged.need), available: formatBytes(judged.budget.available), board: judged.board.name };
  return message(
    {
      fits: text.verdictFits,
      tight: text.verdictTight,
      overcommitted: text.verdictOver,
      'cannot-fit': text.verdictCannot,
      unknown: text.verdictUnknown,
    }[judged.verdict],
    data,
  );
}

/** What is known without a board: the sum of limits and estimates. */
function needOf(stack: OpenStack): Record<string, string | number> {
  const sizes = stack.memory().map(({ limit, estimate, replicas }) => (limit ?? (estimate.known ? estimate.peak : 0)) * replicas);
  return { need: formatBytes(sizes.reduce((sum, size) => sum + size, 0) as Parameters<typeof formatBytes>[0]) };
}
