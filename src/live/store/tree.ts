import { bytes, formatBytes, type Bytes } from '../../base/bytes.ts';
import { message, type Message } from '../../base/message.ts';
import { isAlive, type ContainerView } from './container-entry.ts';
import { safeText } from './facts.ts';
import type { HostView } from './host-store.ts';
import { text } from './text.ts';

/** The tree below one host, as data: what a tree view, a table and a test show alike. */
export type TreeNode = GroupNode | ContainerNode | SystemNode | SwapNode;

export interface GroupNode {
  readonly kind: 'agent' | 'project' | 'outside';
  readonly id: string;
  /** A project's own name needs no translation. */
  readonly label: Message;
  readonly description: Message;
  readonly used?: Bytes;
  readonly children: readonly ContainerNode[];
}

export interface ContainerNode {
  readonly kind: 'container';
  readonly id: string;
  readonly label: Message;
  readonly description: Message;
  readonly container: ContainerView;
  /** Eight cells, filled by the share of the limit, or of the host where there is none. */
  readonly bar: string;
}

export interface SystemNode {
  readonly kind: 'system';
  readonly id: string;
  readonly label: Message;
  readonly description: Message;
}

export interface SwapNode {
  readonly kind: 'swap';
  readonly id: string;
  readonly label: Message;
  readonly description: Message;
}

export type SortKey = 'name' | 'memory' | 'share';

export interface TreeOptions {
  readonly sort: SortKey;
  /** Part of a container's, service's, project's or image's name; case doesn't matter. */
  readonly filter?: string;
  /** Stopped containers too. */
  readonly all?: boolean;
}

/** Agents first, then Compose projects, then the rest; system and swap at the end, where they aren't filtered away. */
export function treeOf(view: HostView, options: TreeOptions): readonly TreeNode[] {
  const groups = new Map<string, ContainerView[]>();
  for (const container of view.containers) {
    if (options.all !== true && !isAlive(container.state)) continue;
    if (!matches(container, options.filter)) continue;
    const id = groupId(container);
    groups.set(id, [...(groups.get(id) ?? []), container]);
  }
  const nodes = [...groups].map(([id, containers]) => groupNode(id, containers, view, options.sort));
  nodes.sort((one, other) => rank(one) - rank(other) || compareGroups(one, other, options.sort));
  return [...nodes, ...systemNodes(view)];
}

/** `120 MiB of 256 MiB (47 %)`, and its variants where there is no limit or none that holds. */
export function describeMemory({ workingSet, limit, share }: ContainerView): Message {
  if (workingSet === undefined) return message(text.unknown);
  const used = formatBytes(workingSet);
  switch (limit.kind) {
    case 'limit':
      return message(text.ofLimit, { used, limit: formatBytes(limit.size), percent: Math.round((share ?? 0) * 100) });
    case 'none':
      return message(text.usedNoLimit, { used });
    case 'not-enforced':
      return message(text.usedNotEnforced, { used });
    case 'unknown':
      return message(text.usedLimitUnknown, { used });
  }
}

export function describeHost({ used, reading }: HostView): Message {
  if (used === undefined || reading.total === undefined) return message(text.unknown);
  const percent = Math.round((used / Math.max(1, reading.total)) * 100);
  return message(text.hostMemory, { used: formatBytes(used), total: formatBytes(reading.total), percent });
}

export function bar(share: number | undefined, cells = CELLS): string {
  if (share === undefined) return ' '.repeat(cells);
  const filled = Math.max(0, Math.min(cells, Math.round(share * cells)));
  return '█'.repeat(filled) + '░'.repeat(cells - filled);
}

/** The last values as a little curve from nought to the largest. */
export function sparkline(history: readonly number[], width: number): string {
  const shown = history.slice(-width);
  const most = Math.max(...shown, 1);
  return shown.map((value) => LEVELS[Math.round((Math.max(0, value) / most) * (LEVELS.length - 1))] ?? '').join('');
}

const CELLS = 8;
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

function groupId({ belonging }: ContainerView): string {
  if (belonging.agent !== undefined) return `agent:${String(belonging.agent)}`;
  return belonging.project === undefined ? 'outside' : `project:${belonging.project}`;
}

function groupNode(id: string, containers: readonly ContainerView[], view: HostView, sort: SortKey): GroupNode {
  const [kind = 'outside', name = ''] = /^(\w+):([^]*)$/.exec(id)?.slice(1) ?? [];
  const known = containers.flatMap(({ workingSet }) => (workingSet === undefined ? [] : [workingSet]));
  const used = known.length === 0 ? undefined : bytes(known.reduce((sum, each) => sum + each, 0));
  return {
    kind: kind === 'agent' || kind === 'project' ? kind : 'outside',
    id,
    label:
      kind === 'agent'
        ? message(text.agent, { number: name })
        : kind === 'project'
          ? plain(safeText(name))
          : message(text.outsideCompose),
    description: used === undefined ? message(text.unknown) : plain(formatBytes(used)),
    ...(used === undefined ? {} : { used }),
    children: [...containers].sort((one, other) => compare(one, other, sort)).map((container) => containerNode(container, view)),
  };
}

function containerNode(container: ContainerView, { reading }: HostView): ContainerNode {
  const ofHost =
    container.workingSet === undefined || reading.total === undefined
      ? undefined
      : container.workingSet / Math.max(1, reading.total);
  return {
    kind: 'container',
    id: `container:${container.id}`,
    label: plain(safeText(container.belonging.service ?? container.name)),
    description: describeMemory(container),
    container,
    bar: bar(container.share ?? ofHost),
  };
}

function systemNodes({ remainder, reading, swapUsed, host }: HostView): readonly TreeNode[] {
  const description = remainder === undefined ? message(text.unknown) : plain(formatBytes(remainder));
  const system: SystemNode = { kind: 'system', id: `system:${host}`, label: message(text.systemAndCache), description };
  const { swapTotal, zram } = reading;
  if (swapTotal === undefined || swapUsed === undefined || swapTotal === 0) return [system];
  const sizes = { used: formatBytes(swapUsed), total: formatBytes(swapTotal) };
  const swap: SwapNode = {
    kind: 'swap',
    id: `swap:${host}`,
    label: message(zram === undefined ? text.swap : text.zram),
    description:
      zram === undefined
        ? message(text.swapUsed, sizes)
        : message(text.zramUsed, { ...sizes, compressed: formatBytes(zram.used) }),
  };
  return [system, swap];
}

/** Words that come from the host are data, never a template to be looked up or filled in. */
function plain(words: string): Message {
  return message(text.plain, { text: words });
}

function matches({ name, image, belonging }: ContainerView, filter: string | undefined): boolean {
  const wanted = filter?.trim().toLowerCase() ?? '';
  if (wanted === '') return true;
  return [name, image, belonging.service, belonging.project].some((word) => word?.toLowerCase().includes(wanted) === true);
}

function compare(one: ContainerView, other: ContainerView, sort: SortKey): number {
  const by =
    sort === 'memory'
      ? (other.workingSet ?? -1) - (one.workingSet ?? -1)
      : sort === 'share'
        ? (other.share ?? -1) - (one.share ?? -1)
        : 0;
  // Names last, so that two of the same size don't change places at every sample.
  return by || byName(one.belonging.service ?? one.name, other.belonging.service ?? other.name) || byName(one.id, other.id);
}

function compareGroups(one: GroupNode, other: GroupNode, sort: SortKey): number {
  if (sort === 'memory' && one.kind !== 'agent') {
    const by = (other.used ?? -1) - (one.used ?? -1);
    if (by !== 0) return by;
  }
  return byName(one.id, other.id);
}

function rank({ kind }: GroupNode): number {
  return kind === 'agent' ? 0 : kind === 'project' ? 1 : 2;
}

/** Without a collator, which would order differently on every machine; numbers in names count as numbers. */
function byName(one: string, other: string): number {
  const pad = (name: string) => name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));
  const [a, b] = [pad(one), pad(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
