import { message, render, type Message, type Translate } from '../../base/message.ts';
import { explain } from '../../live/errors.ts';
import type { MonitorView } from '../../live/sample/monitor.ts';
import type { ConnectionState } from '../../live/session.ts';
import type { Alert } from '../../live/store/alert.ts';
import { bar, describeHost, treeOf, type ContainerNode, type GroupNode, type TreeNode } from '../../live/store/tree.ts';
import type { ContainerView } from '../../live/store/container-entry.ts';
import { text } from './text.ts';
import { containerTip, hostTip, type Tip } from './tips.ts';

/** One row of the sidebar as data: everything that is seen, read aloud or asked of it. */
export interface Row {
  readonly id: string;
  readonly host: string;
  readonly label: string;
  readonly description: string;
  /** A codicon. Shapes tell states apart; colour only adds to that. */
  readonly icon: string;
  readonly color?: string;
  /** What menus go by. */
  readonly context: string;
  /** What a screen reader says: words, without the bar. */
  readonly spoken: string;
  readonly tip: Tip;
  readonly children: readonly Row[];
  /** Undefined for a row that has nothing below it. */
  readonly open?: boolean;
  /** A click checks the host. */
  readonly checks?: true;
  readonly container?: ContainerView;
}

/** A host as the sidebar knows it; `view` once somebody has looked at it. */
export interface HostPicture {
  readonly host: string;
  readonly pretend: boolean;
  /** Nothing may be connected in this workspace. */
  readonly restricted: boolean;
  readonly alone: boolean;
  readonly connection: ConnectionState;
  readonly view: MonitorView | undefined;
}

export function hostRow(picture: HostPicture, translate: Translate): Row {
  const { host, pretend, restricted, alone, connection, view } = picture;
  const say: Say = (template, data = {}) => render(message(template, data), translate);
  const trouble = !restricted && connection.kind === 'failed';
  const label = pretend ? say(text.pretendName, { host }) : host;
  const description = stateWords(picture, say, translate).join(' · ');
  return {
    id: `host:${host}`,
    host,
    label,
    description,
    icon: trouble ? 'error' : connection.kind === 'waiting' ? 'debug-disconnect' : pretend ? 'beaker' : 'circuit-board',
    ...(trouble ? { color: 'errorForeground' } : {}),
    context: trouble ? 'failedHost' : 'host',
    spoken: say(text.hostLabel, { host: label, state: description }),
    tip: hostTip(picture, say, translate),
    children: restricted ? [] : childRows(host, connection, view, say, translate),
    open: alone || pretend,
  };
}

export type Say = (template: string, data?: Readonly<Record<string, string | number>>) => string;

/** What the host uses once that is known, else how far the connection is. */
function stateWords({ restricted, connection, view }: HostPicture, say: Say, translate: Translate): readonly string[] {
  if (restricted) return [say(text.restricted)];
  if (connection.kind === 'failed') return [render(explain(connection.error).what, translate)];
  if (connection.kind === 'idle' || connection.kind === 'closed') return [say(text.idle)];
  if (view?.sampledAt === undefined) return [say(connection.kind === 'connected' ? text.starting : text.connecting)];
  const stale = view.staleMs === undefined ? [] : [say(text.staleSince, { seconds: Math.round(view.staleMs / 1000) })];
  return [...stale, render(describeHost(view), translate)];
}

function childRows(
  host: string,
  connection: ConnectionState,
  view: MonitorView | undefined,
  say: Say,
  translate: Translate,
): readonly Row[] {
  const broken = connection.kind === 'failed' || connection.kind === 'waiting' ? explain(connection.error) : undefined;
  const troubles = broken === undefined ? [] : [troubleRow(host, broken.what, broken.wayOut, translate)];
  if (view?.sampledAt === undefined) return troubles;
  const engine = view.engineError === undefined || broken !== undefined ? undefined : explain(view.engineError);
  const nodes = treeOf(view, { sort: 'name', all: true });
  const none = !nodes.some((node) => 'children' in node) && engine === undefined;
  return [
    ...troubles,
    ...(engine === undefined ? [] : [troubleRow(host, message(text.noEngine), engine.what, translate)]),
    ...view.alerts.map((alert) => alertRow(host, alert, translate)),
    ...(none ? [note(host, say)] : []),
    ...nodes.map((node) => nodeRow(host, node, view, say, translate)),
    readinessRow(host, view, say),
  ];
}

function nodeRow(host: string, node: TreeNode, view: MonitorView, say: Say, translate: Translate): Row {
  if (node.kind === 'container') return containerRow(host, node, say, translate);
  if ('children' in node) return groupRow(host, node, say, translate);
  const words = [render(node.label, translate), render(node.description, translate)] as const;
  const icon = node.kind === 'system' ? 'server-environment' : 'arrow-swap';
  return { ...plain(host, node.id, words, icon), tip: () => say(node.kind === 'system' ? text.tipSystem : words.join(': ')) };
}

function groupRow(host: string, node: GroupNode, say: Say, translate: Translate): Row {
  const words = [render(node.label, translate), render(node.description, translate)] as const;
  const icon = node.kind === 'agent' ? 'person' : node.kind === 'project' ? 'layers' : 'package';
  return {
    ...plain(host, `${host}/${node.id}`, words, icon),
    children: node.children.map((child) => containerRow(host, child, say, translate)),
    open: true,
  };
}

function containerRow(host: string, { container, label, description }: ContainerNode, say: Say, translate: Translate): Row {
  const { state, health, thrashing, oomKills, restarts = 0 } = container;
  const name = render(label, translate);
  const running = state === 'running' || state === 'paused' || state === 'restarting' || state === 'unknown';
  const memory = running ? [render(description, translate)] : [];
  const words = [
    ...memory,
    ...(state === 'running' ? [] : [state]),
    ...(health === 'none' ? [] : [health]),
    ...(thrashing ? [say(text.thrashing)] : []),
    ...(restarts > 0 ? [say(text.restarts, { count: restarts })] : []),
    ...(oomKills > 0 ? [say(text.oomKills, { count: oomKills })] : []),
  ];
  return {
    id: `${host}/${container.id}`,
    host,
    label: name,
    description: [...(container.share === undefined ? [] : [bar(container.share, BAR_CELLS)]), words.join(' · ')].join('  '),
    ...containerIcon(container),
    context: running ? 'runningContainer' : 'stoppedContainer',
    spoken: [name, ...(state === 'running' ? [state] : []), ...words].join(', '),
    tip: containerTip(container, render(description, translate), say),
    children: [],
    container,
  };
}

/** The sidebar is narrow, and the figures say it exactly. */
const BAR_CELLS = 5;

function containerIcon({ state, health, thrashing, share = 0 }: ContainerView): Pick<Row, 'icon' | 'color'> {
  if (state === 'exited' || state === 'dead' || state === 'created' || state === 'removing') return { icon: 'circle-outline' };
  if (state === 'restarting') return { icon: 'sync', color: 'list.warningForeground' };
  if (state === 'paused') return { icon: 'debug-pause' };
  if (share >= 0.9) return { icon: 'flame', color: 'list.errorForeground' };
  if (thrashing || health === 'unhealthy') return { icon: 'warning', color: 'list.warningForeground' };
  return { icon: 'circle-filled', color: 'testing.iconPassed' };
}

function alertRow(host: string, { key, severity, message: said }: Alert, translate: Translate): Row {
  const alarm = severity === 'alarm';
  return {
    ...plain(host, `${host}/alert/${key}`, [render(said, translate), ''], alarm ? 'flame' : 'warning'),
    color: alarm ? 'list.errorForeground' : 'list.warningForeground',
  };
}

function troubleRow(host: string, what: Message, more: Message, translate: Translate): Row {
  const words = [render(what, translate), render(more, translate)] as const;
  return { ...plain(host, `${host}/trouble`, words, 'warning'), tip: () => words.join('\n') };
}

function note(host: string, say: Say): Row {
  return plain(host, `${host}/none`, [say(text.noContainers), ''], 'info');
}

function readinessRow(host: string, { memoryCgroup }: MonitorView, say: Say): Row {
  const off = memoryCgroup === 'off';
  const words = [say(text.readiness), say(off ? text.readinessOff : text.readinessAsk)] as const;
  return {
    ...plain(host, `${host}/readiness`, words, off ? 'warning' : 'checklist'),
    ...(off ? { color: 'list.warningForeground' } : {}),
    tip: () => say(text.readinessTip),
    checks: true,
  };
}

function plain(host: string, id: string, [label, description]: readonly [string, string], icon: string): Row {
  const spoken = description === '' ? label : `${label}: ${description}`;
  return { id, host, label, description, icon, context: '', spoken, tip: () => spoken, children: [] };
}
