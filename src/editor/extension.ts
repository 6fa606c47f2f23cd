import * as vscode from 'vscode';
import { contextKeys } from './contributions.ts';
import { startLinting } from './linting.ts';

/** Where Node is: everything. What needs Node is shown by a key that only this entry sets. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(startLinting(context));
  void vscode.commands.executeCommand('setContext', contextKeys.node, true);
}
