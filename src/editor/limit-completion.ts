import * as vscode from 'vscode';
import { composeSize, formatBytes, mebibytes } from '../base/bytes.ts';
import { message } from '../base/message.ts';
import { memoryOf, serviceAt, type CheckedStacks, type OpenStack } from './checked-stacks.ts';
import { fileOf } from './convert.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** Sizes that people give containers on a Pi, in MiB. */
const COMMON = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

/** Behind `mem_limit:`, `memory:` and their like: the limit that the service needs first, then round ones. */
export class LimitCompletion implements vscode.CompletionItemProvider {
  readonly #stacks: CheckedStacks;

  constructor(stacks: CheckedStacks) {
    this.#stacks = stacks;
  }

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    const before = document.lineAt(position).text.slice(0, position.character);
    if (!/^\s*(?:mem_limit|mem_reservation|memswap_limit|memory|shm_size):\s*"?[\w.]*$/.test(before)) return [];
    const recommended = this.#recommended(document, position);
    const round = COMMON.map((size, at) => {
      const item = new vscode.CompletionItem(composeSize(mebibytes(size)), vscode.CompletionItemKind.Value);
      item.sortText = `1${String(at).padStart(2, '0')}`;
      return item;
    });
    return recommended === undefined ? round : [recommended, ...round];
  }

  /** From the last text that could be checked: a line that is being typed may not be YAML at all. */
  #recommended(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem | undefined {
    const stack = this.#stacks.last(fileOf(document.uri));
    const service = stack === undefined ? undefined : this.#serviceAbove(stack, document, position);
    const memory = stack === undefined || service === undefined ? undefined : memoryOf(stack, service);
    if (memory?.recommendedLimit === undefined || !memory.estimate.known) return undefined;
    const item = new vscode.CompletionItem(composeSize(memory.recommendedLimit), vscode.CompletionItemKind.Value);
    item.detail = say(message(text.completionRecommended, { peak: formatBytes(memory.estimate.peak) }));
    item.sortText = '0';
    item.preselect = true;
    return item;
  }

  /** By the names of services, since offsets have moved since the last check. */
  #serviceAbove(stack: OpenStack, document: vscode.TextDocument, position: vscode.Position) {
    if (stack.text === document.getText()) return serviceAt(stack, document.offsetAt(position));
    for (let line = position.line - 1; line >= 0; line--) {
      const name = /^ {1,8}"?([\w.-]+)"?:\s*(?:#.*)?$/.exec(document.lineAt(line).text)?.[1];
      const service = stack.stack.services.find((each) => each.name === name);
      if (service !== undefined) return service;
    }
    return undefined;
  }
}
