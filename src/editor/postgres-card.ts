import * as vscode from 'vscode';
import type { SettingCard } from '../analysis/postgres/setting-card.ts';
import { message } from '../base/message.ts';
import { text } from './postgres-text.ts';
import { say } from './translate.ts';

/** A setting's card: what it is for, then one fact a line, then the manual. */
export function cardOf(card: SettingCard): vscode.MarkdownString {
  const [purpose] = card.lines;
  const words = new vscode.MarkdownString(`**${plain(card.name)}**\n\n`);
  if (purpose !== undefined) words.appendMarkdown(`${plain(say(purpose))}\n\n`);
  return words.appendMarkdown(factsOf(card).value);
}

/** The same without the first line, for a list that shows that already. */
export function factsOf({ lines: [, ...facts], manual }: SettingCard): vscode.MarkdownString {
  const list = facts.map((fact) => `- ${plain(say(fact))}\n`).join('');
  return new vscode.MarkdownString(`${list}\n[${plain(say(message(text.manual)))}](${manual})`);
}

/** Values come from files: they are shown, never read as Markdown. */
function plain(words: string): string {
  return words.replace(/[\\`*_{}[\]()#+!|<>~$]/g, '\\$&').replace(/\s+/g, ' ');
}
