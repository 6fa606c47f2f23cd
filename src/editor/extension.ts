import * as vscode from 'vscode';
import { ConnectedHost } from './connected-host.ts';
import { contextKeys } from './contributions.ts';
import { startLinting } from './linting.ts';
import { startLive } from './live/start-live.ts';

/** Where Node is: everything. What needs Node is shown by a key that only this entry sets. */
export function activate(context: vscode.ExtensionContext): void {
  const host = new ConnectedHost();
  context.subscriptions.push(host, startLinting(context, host), startLive(context, host));
  void vscode.commands.executeCommand('setContext', contextKeys.node, true);
}
