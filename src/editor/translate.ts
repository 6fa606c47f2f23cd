import * as vscode from 'vscode';
import { render, type Message } from '../base/message.ts';

/** A message in the language that VS Code runs in. */
export function say(message: Message): string {
  return render(message, (english) => vscode.l10n.t(english));
}
