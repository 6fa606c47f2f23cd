import * as vscode from 'vscode';
import { DisposableList } from '../../base/disposable.ts';
import { once } from '../../base/once.ts';
import type { ConnectedHost } from '../connected-host.ts';
import type { HOSTS_VIEW, LiveCommandId } from './contributions.ts';
import type { Item } from './items.ts';
import type { Sidebar } from './sidebar.ts';

/** What stands for the sidebar until somebody looks at it: an empty view and commands that load the rest. */
export function startLive(context: vscode.ExtensionContext, host: ConnectedHost): vscode.Disposable {
  const owned = new DisposableList();
  const redraw = owned.add(new vscode.EventEmitter<Item | Item[] | undefined>());
  const sidebar = once(async (): Promise<Sidebar> => {
    const part = await import('./sidebar.ts');
    return owned.add(new part.Sidebar(context, host, { view, redraw }));
  });
  const view: vscode.TreeView<Item> = owned.add(
    vscode.window.createTreeView<Item>(VIEW, {
      treeDataProvider: {
        onDidChangeTreeData: redraw.event,
        getChildren: async (item) => (await sidebar()).children(item),
        getTreeItem: async (item) => (await sidebar()).item(item),
        resolveTreeItem: async (drawn, item) => (await sidebar()).tip(drawn, item),
      },
    }),
  );
  for (const [id, run] of Object.entries(COMMANDS)) {
    owned.add(vscode.commands.registerCommand(id, async (argument: unknown) => run(await sidebar(), argument)));
  }
  return owned;
}

/** Written again, because the table itself is too much to load for a word. */
const VIEW: typeof HOSTS_VIEW = 'headroom.hosts';

const COMMANDS: Readonly<Record<LiveCommandId, (sidebar: Sidebar, argument: unknown) => Promise<void>>> = {
  'headroom.addHost': (sidebar) => sidebar.addHost(),
  'headroom.openDemo': (sidebar) => sidebar.openDemo(),
  'headroom.forgetSecrets': (sidebar) => sidebar.forgetSecrets(),
  'headroom.checkHost': (sidebar, host) => sidebar.checkHost(host),
  'headroom.connectHost': (sidebar, host) => sidebar.connectHost(host),
  'headroom.removeHost': (sidebar, host) => sidebar.removeHost(host),
  'headroom.restartContainer': (sidebar, container) => sidebar.act('restart', container),
  'headroom.stopContainer': (sidebar, container) => sidebar.act('stop', container),
  'headroom.startContainer': (sidebar, container) => sidebar.act('start', container),
  'headroom.showLogs': (sidebar, container) => sidebar.showLogs(container),
  'headroom.openService': (sidebar, container) => sidebar.openService(container),
  'headroom.copyName': (sidebar, container) => sidebar.copyName(container),
};
