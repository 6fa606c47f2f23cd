import type * as vscode from 'vscode';
import { ConnectedHost } from './connected-host.ts';
import { startLinting } from './linting.ts';

/** VS Code for the Web: linting, and nothing that connects. */
export function activate(context: vscode.ExtensionContext): void {
  const host = new ConnectedHost();
  context.subscriptions.push(host, startLinting(context, host));
}
