import * as vscode from 'vscode';
import type { SettingCard } from '../analysis/postgres/setting-card.ts';
import { message } from '../base/message.ts';
import { text } from './postgres-text.ts';
import { say } from './translate.ts';

/** A setting's card: what it is for, then one fact a line, then the manual. */
export function cardOf({ name, lines: [purpose, ...facts], manual }: SettingCard): vscode.MarkdownString {
  const words = new vscode.MarkdownString(`**${plain(name)}**\n\n`);
  if (purpose !== undefined) words.appendMarkdown(`${plain(say(purpose))}\n\n`);
  words.appendMarkdown(facts.map((fact) => `- ${plain(say(fact))}\n`).join(''));
  return words.appendMarkdown(`\n[${plain(say(message(text.manual)))}](${manual})`);
}

/** Values come from files: they are shown, never read as Markdown. */
function plain(words: string): string {
  return words.replace(/[\\`*_{}[\]()#+!|<>~$]/g, '\\$&').replace(/\s+/g, ' ');
}
