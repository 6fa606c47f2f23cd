import * as vscode from 'vscode';
import type { Completion } from '../analysis/postgres/completion.ts';
import { Positions } from './convert.ts';
import { cardOf } from './postgres-card.ts';
import { say } from './translate.ts';

/** An entry of the list; its card is worked out when a person looks at it. */
class SettingItem extends vscode.CompletionItem {
  readonly completion: Completion;

  constructor(completion: Completion) {
    super(completion.label, KINDS[completion.kind]);
    this.completion = completion;
  }
}

export function itemsOf(whole: string, completions: readonly Completion[]): vscode.CompletionItem[] {
  const positions = new Positions(whole);
  return completions.map((completion, at) => {
    const { label, kind, span, insert, detail, used } = completion;
    const item = new SettingItem(completion);
    item.range = positions.range(span);
    item.insertText = kind === 'directive' ? new vscode.SnippetString(insert.replace(/''$/, "'$0'")) : insert;
    // Beside a name it would push the name itself out of sight; the card begins with it.
    if (kind !== 'setting') item.detail = say(detail);
    // A quote that is there already belongs to what is replaced, and thus to what is compared.
    item.filterText = whole.charAt(span.start) === "'" ? `'${label}` : label;
    // Units and enum values have an order of their own; names are found by their letters.
    item.sortText = kind === 'setting' ? `${used ? '2' : '0'}${label}` : `1${String(at).padStart(4, '0')}`;
    if (kind === 'setting' && /=\s*$/.test(insert)) item.command = SUGGEST;
    return item;
  });
}

export function withCard(item: vscode.CompletionItem): vscode.CompletionItem {
  const card = item instanceof SettingItem ? item.completion.card?.() : undefined;
  if (card !== undefined) item.documentation = cardOf(card);
  return item;
}

/** Behind a name comes its value. */
const SUGGEST: vscode.Command = { command: 'editor.action.triggerSuggest', title: '' };

const KINDS: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  setting: vscode.CompletionItemKind.Property,
  directive: vscode.CompletionItemKind.Keyword,
  value: vscode.CompletionItemKind.EnumMember,
  unit: vscode.CompletionItemKind.Unit,
};
