import * as vscode from 'vscode';
import { DisposableList, onDispose } from '../../base/disposable.ts';
import { message } from '../../base/message.ts';
import { say } from '../translate.ts';
import type { LiveCommandId } from './contributions.ts';
import type { Hosts } from './hosts.ts';
import { type Item, Items } from './items.ts';
import { hostRow } from './rows.ts';
import { text } from './text.ts';

/** What the tree view is told from here; the view itself exists before this part is loaded. */
export interface HostTreePorts {
  readonly view: vscode.TreeView<Item>;
  readonly redraw: vscode.EventEmitter<Item | Item[] | undefined>;
}

/** Draws the hosts while somebody looks, and lets only those be sampled that are unfolded. */
export class HostTree implements vscode.Disposable {
  readonly #hosts: Hosts;
  readonly #ports: HostTreePorts;
  readonly #owned = new DisposableList();
  readonly #items = new Items();
  readonly #folded = new Set<string>();
  readonly #unfolded = new Set<string>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #heldUntil = 0;

  constructor(hosts: Hosts, ports: HostTreePorts) {
    this.#hosts = hosts;
    this.#ports = ports;
    const { view } = ports;
    this.#owned.add(hosts.onDidChange(() => this.#look()));
    this.#owned.add(view.onDidChangeVisibility(() => this.#look()));
    this.#owned.add(view.onDidExpandElement(({ element }) => this.#fold(element, false)));
    this.#owned.add(view.onDidCollapseElement(({ element }) => this.#fold(element, true)));
    this.#owned.add(onDispose(() => clearInterval(this.#timer)));
    this.#look();
  }

  children(item: Item | undefined): Item[] {
    // Only of what is unfolded the children are asked for.
    if (item !== undefined && isHost(item) && !this.#folded.has(item.row.host)) {
      this.#unfolded.add(item.row.host);
      this.#watch();
    }
    return item === undefined ? this.#items.roots : item.children;
  }

  /** Made when somebody points at the row. Drawing it again would take the tooltip away, so nothing is for a while. */
  tip({ row }: Item): string {
    this.#heldUntil = Date.now() + READING_MS;
    return row.tip(Date.now());
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #fold(item: Item, folded: boolean): void {
    if (!isHost(item)) return;
    const { host } = item.row;
    if (folded) this.#folded.add(host);
    else this.#folded.delete(host);
    if (folded) this.#unfolded.delete(host);
    else this.#unfolded.add(host);
    this.#watch();
  }

  /** Somebody began or ceased to look, or the hosts are others. */
  #look(): void {
    clearInterval(this.#timer);
    this.#timer = this.#ports.view.visible ? setInterval(() => this.#redraw(), REDRAW_MS) : undefined;
    this.#draw();
    this.#watch();
    if (!this.#ports.view.visible) this.#hosts.keepPeaks();
  }

  #watch(): void {
    for (const host of this.#hosts.all) {
      const wanted = this.#ports.view.visible && this.#unfolded.has(host.name) && this.#hosts.mayConnect(host);
      if (wanted) void host.watch();
      else host.rest();
    }
  }

  #redraw(): void {
    if (Date.now() >= this.#heldUntil) this.#draw();
  }

  #draw(): void {
    const { all } = this.#hosts;
    const pictures = all.map((host) => host.picture({ restricted: !this.#hosts.mayConnect(host), alone: all.length === 1 }));
    const rows = pictures.map((picture) => hostRow(picture, (english) => vscode.l10n.t(english)));
    const changed = this.#items.update(rows);
    if (changed === undefined) this.#ports.redraw.fire(undefined);
    else if (changed.length > 0) this.#ports.redraw.fire([...changed]);
    const alarms = pictures.flatMap(({ pretend, view }) => (pretend ? [] : (view?.alerts ?? [])));
    const value = alarms.filter(({ severity }) => severity === 'alarm').length;
    this.#ports.view.badge = value === 0 ? undefined : { value, tooltip: say(message(text.alarms, { count: value })) };
  }
}

export function treeItem({ row }: Item): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(row.label, row.open === undefined ? None : row.open ? Expanded : Collapsed);
  item.id = row.id;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(row.icon, row.color === undefined ? undefined : new vscode.ThemeColor(row.color));
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (row.checks === true) {
    const command: LiveCommandId = 'headroom.checkHost';
    item.command = { command, title: row.label, arguments: [row.host] };
  }
  return item;
}

function isHost({ row }: Item): boolean {
  return row.open !== undefined && row.id === `host:${row.host}`;
}

/** A sample's period: drawn more often, no tooltip would ever come up. */
const REDRAW_MS = 1000;
const READING_MS = 8000;
