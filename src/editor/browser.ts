import type * as vscode from 'vscode';
import { startLinting } from './linting.ts';

/** VS Code for the Web: linting, and nothing that connects. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(startLinting(context));
}
