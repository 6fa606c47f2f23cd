import * as vscode from 'vscode';
import { message } from '../base/message.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** The pages behind "why?": they ship with the extension, so that they open without a network. */
export class RulePages {
  readonly #folder: vscode.Uri;

  constructor(extension: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extension, 'media', 'rules');
  }

  of(rule: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, `${rule}.md`);
  }

  /** Without an id, which the palette has none of, it asks. */
  async show(rule: unknown): Promise<void> {
    const chosen = typeof rule === 'string' && /^[a-z0-9-]+$/.test(rule) ? rule : await this.#pick();
    if (chosen === undefined) return;
    try {
      await vscode.workspace.fs.stat(this.of(chosen));
    } catch {
      void vscode.window.showWarningMessage(say(message(text.noPage, { rule: chosen })));
      return;
    }
    await vscode.commands.executeCommand('markdown.showPreview', this.of(chosen));
  }

  async #pick(): Promise<string | undefined> {
    const pages = await vscode.workspace.fs.readDirectory(this.#folder);
    const ids = pages.map(([name]) => name.replace(/\.md$/, '')).sort();
    return vscode.window.showQuickPick(ids, { placeHolder: say(message(text.pickRule)) });
  }
}
