import * as vscode from 'vscode';
import { DisposableList } from '../../base/disposable.ts';
import { message } from '../../base/message.ts';
import { once } from '../../base/once.ts';
import type { ContainerView } from '../../live/store/container-entry.ts';
import type { ConnectedHost } from '../connected-host.ts';
import { MarkdownPages } from '../markdown-pages.ts';
import { say } from '../translate.ts';
import { askHost } from './add-host.ts';
import { forgetSecrets } from './asker.ts';
import { act, sayError, showLogs, withProgress, type ContainerAction } from './container-actions.ts';
import { HostTree, treeItem, type HostTreePorts } from './host-tree.ts';
import { Hosts, hereMachine } from './hosts.ts';
import { Item } from './items.ts';
import { examine, readinessPage } from './readiness-page.ts';
import { text } from './text.ts';
import type { WatchedHost } from './watched-host.ts';

/** Everything that the view and its commands do, loaded when the view is first seen or one of them first used. */
export class Sidebar implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #owned = new DisposableList();
  readonly #hosts: Hosts;
  readonly #tree: HostTree;
  readonly #pages = once(() => this.#owned.add(new MarkdownPages('headroom-readiness')));
  readonly #logs = once(() => this.#owned.add(vscode.window.createOutputChannel(say(message(text.logs)))));

  constructor(context: vscode.ExtensionContext, connected: ConnectedHost, ports: HostTreePorts) {
    this.#context = context;
    this.#hosts = this.#owned.add(new Hosts(context, connected));
    this.#tree = this.#owned.add(new HostTree(this.#hosts, ports));
  }

  children(item: Item | undefined): Item[] {
    return this.#tree.children(item);
  }

  item(item: Item): vscode.TreeItem {
    return treeItem(item);
  }

  tip(drawn: vscode.TreeItem, item: Item): vscode.TreeItem {
    drawn.tooltip = this.#tree.tip(item);
    return drawn;
  }

  async addHost(): Promise<void> {
    const listed = this.#hosts.all.map(({ name }) => name);
    const name = await askHost(hereMachine(), listed);
    if (name === undefined) return;
    await this.#hosts.add(name);
    await vscode.commands.executeCommand('headroom.hosts.focus');
  }

  async removeHost(argument: unknown): Promise<void> {
    const host = hostNameOf(argument);
    if (host !== undefined) await this.#hosts.remove(host);
  }

  async openDemo(): Promise<void> {
    this.#hosts.openDemo();
    await vscode.commands.executeCommand('headroom.hosts.focus');
  }

  async forgetSecrets(): Promise<void> {
    await forgetSecrets(this.#context.secrets);
    this.#hosts.restart();
    void vscode.window.showInformationMessage(say(message(text.secretsForgotten)));
  }

  async connectHost(argument: unknown): Promise<void> {
    const host = await this.#hostFor(argument);
    if (host === undefined) return;
    const ready = await (await host.session()).ready();
    if (!ready.ok) sayError(ready.error);
  }

  async checkHost(argument: unknown): Promise<void> {
    const host = await this.#hostFor(argument);
    if (host === undefined) return;
    const report = await withProgress(message(text.checking, { host: host.name }), async (signal) =>
      examine(await host.session(), signal),
    );
    if (!report.ok) {
      sayError(report.error);
      return;
    }
    const page = readinessPage(report.value, (english) => vscode.l10n.t(english));
    await this.#pages().show(host.name.replace(/[^\w.@-]+/g, '-'), page);
  }

  async act(action: ContainerAction, argument: unknown): Promise<void> {
    const found = await this.#containerFor(argument);
    if (found !== undefined) await act(action, found.host, found.container);
  }

  async showLogs(argument: unknown): Promise<void> {
    const found = await this.#containerFor(argument);
    if (found !== undefined) await showLogs(this.#logs(), found.host, found.container);
  }

  async openService(argument: unknown): Promise<void> {
    if (!(argument instanceof Item) || argument.row.container === undefined) return;
    const { container } = argument.row;
    const { openService } = await import('./open-service.ts');
    const service = container.belonging.service ?? container.name;
    if (!(await openService(container))) void vscode.window.showInformationMessage(say(message(text.noComposeFile, { service })));
  }

  async copyName(argument: unknown): Promise<void> {
    if (argument instanceof Item) await vscode.env.clipboard.writeText(argument.row.container?.name ?? argument.row.label);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** The host of a row or name; from the palette, the only one or the one that is picked. */
  async #hostFor(argument: unknown): Promise<WatchedHost | undefined> {
    const named = hostNameOf(argument) ?? (await this.#pickHost());
    const host = named === undefined ? undefined : this.#hosts.of(named);
    if (host === undefined || this.#hosts.mayConnect(host)) return host;
    void vscode.window.showWarningMessage(say(message(text.needsTrust)));
    return undefined;
  }

  async #pickHost(): Promise<string | undefined> {
    const names = this.#hosts.all.map(({ name }) => name);
    if (names.length === 0) void vscode.window.showInformationMessage(say(message(text.noHost)));
    return names.length < 2 ? names[0] : vscode.window.showQuickPick(names, { placeHolder: say(message(text.pickHost)) });
  }

  async #containerFor(argument: unknown): Promise<{ host: WatchedHost; container: ContainerView } | undefined> {
    if (!(argument instanceof Item) || argument.row.container === undefined) return undefined;
    const { container } = argument.row;
    const host = await this.#hostFor(argument);
    return host === undefined ? undefined : { host, container };
  }
}

function hostNameOf(argument: unknown): string | undefined {
  if (argument instanceof Item) return argument.row.host;
  return typeof argument === 'string' ? argument : undefined;
}
