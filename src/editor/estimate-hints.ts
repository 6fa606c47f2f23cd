import * as vscode from 'vscode';
import { formatBytes } from '../base/bytes.ts';
import { message } from '../base/message.ts';
import type { CheckedStacks } from './checked-stacks.ts';
import { Positions } from './convert.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** Behind each service's key: what it will take at its peak. Nothing where nothing is known. */
export class EstimateHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #stacks: CheckedStacks;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(stacks: CheckedStacks) {
    this.#stacks = stacks;
    this.#subscription = stacks.onDidChange(() => this.#changed.fire());
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const stack = this.#stacks.of(document);
    if (stack === undefined || !vscode.workspace.getConfiguration('headroom', document).get<boolean>('inlayHints', true))
      return [];
    const positions = new Positions(stack.text);
    return stack.memory().flatMap(({ service, estimate, runtime }) => {
      if (!estimate.known || service.nameSpan.file !== stack.file) return [];
      const at = document.lineAt(positions.position(service.nameSpan.end)).range.end;
      if (!range.contains(at)) return [];
      const hint = new vscode.InlayHint(at, say(message(text.hintPeak, { peak: formatBytes(estimate.peak) })));
      hint.paddingLeft = true;
      hint.tooltip = say(message(text.hintTooltip, { runtime: runtime ?? '', typical: formatBytes(estimate.typical) }));
      return [hint];
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
