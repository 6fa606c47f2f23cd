import { formatBytes } from '../../base/bytes.ts';
import { message, render } from '../../base/message.ts';
import { isDemoHost } from '../../demo/names.ts';
import { explain } from '../../live/errors.ts';
import type { MonitorView } from '../../live/sample/monitor.ts';
import type { ContainerView } from '../../live/store/container-entry.ts';
import { describeHost, sparkline, treeOf, type ContainerNode, type TreeOptions } from '../../live/store/tree.ts';
import { alignedTable } from '../../analysis/memory/report/table.ts';
import { printable } from '../formats/printable.ts';
import type { Terminal } from '../verb.ts';
import { text } from './watch-text.ts';

type Look = Pick<Terminal, 'translate' | 'color' | 'columns'>;

/** One screen: the host, its containers by project, what is wrong. */
export function watchLines(view: MonitorView, options: TreeOptions, look: Look): readonly string[] {
  const say: Say = (template, data = {}) => render(message(template, data), look.translate);
  const lines =
    view.sampledAt === undefined
      ? [plain(say(text.starting, { host: view.host })), ...troubles(view, say, look)]
      : picture(view, options, say, look);
  return lines.map((line) => draw(line, look));
}

function picture(view: MonitorView, options: TreeOptions, say: Say, look: Look): readonly Line[] {
  const nodes = treeOf(view, options);
  const rows = nodes.flatMap((node): Row[] => {
    if (!('children' in node)) return [];
    const head = [node.label, node.description].map((each) => render(each, look.translate));
    return [{ cells: [...head, '', '', '', '', ''], code: BOLD }, ...node.children.map((child) => row(child, say))];
  });
  const heads = [text.container, text.used, text.limit, text.share, text.held, text.curve, text.state].map((each) => say(each));
  const table = alignedTable([heads, ...rows.map(({ cells }) => cells.map(printable))], [0, 5, 6]);
  const alerts = view.alerts.map(({ severity, message: said }) =>
    paint(severity === 'alarm' ? RED : YELLOW, printable(render(said, look.translate))),
  );
  const { footprint } = view.reading;
  return [
    paint(BOLD, title(view, say, look)),
    ...nodes
      .filter(({ kind }) => kind === 'system' || kind === 'swap')
      .map(({ label, description }) => plain(`  ${render(label, look.translate)}: ${render(description, look.translate)}`)),
    plain(''),
    ...(rows.length === 0 ? [plain(say(text.noContainers))] : table.map((words, index) => ({ ...rows[index - 1], words }))),
    plain(''),
    ...troubles(view, say, look),
    ...alerts,
    ...(footprint === undefined ? [] : [plain(say(text.watcher, { size: formatBytes(footprint) }))]),
  ];
}

function title(view: MonitorView, say: Say, { translate }: Look): string {
  const pretend = isDemoHost(view.host) ? ` (${say(text.pretend)})` : '';
  const { celsius } = view.reading;
  const temperature = celsius === undefined ? '' : `  ${String(Math.round(celsius))} °C`;
  return `${view.host}${pretend}  ${render(describeHost(view), translate)}${temperature}`;
}

interface Row {
  readonly cells: readonly string[];
  readonly code?: number;
}

type Say = (template: string, data?: Readonly<Record<string, string | number>>) => string;

function row({ container, label, bar }: ContainerNode, say: Say): Row {
  const { workingSet, unreclaimable, share } = container;
  return {
    cells: [
      `  ${render(label)}`,
      workingSet === undefined ? say(text.unknown) : formatBytes(workingSet),
      limitWord(container, say),
      share === undefined ? '' : `${bar} ${String(Math.round(share * 100)).padStart(3)} %`,
      unreclaimable === undefined ? say(text.unknown) : formatBytes(unreclaimable),
      sparkline(container.history, CURVE),
      stateWords(container, say),
    ],
    ...(container.thrashing || (share ?? 0) >= 0.9 ? { code: RED } : {}),
  };
}

function limitWord({ limit }: ContainerView, say: Say): string {
  switch (limit.kind) {
    case 'limit':
      return formatBytes(limit.size);
    case 'none':
      return say(text.none);
    case 'not-enforced':
      return say(text.notEnforced);
    case 'unknown':
      return say(text.unknown);
  }
}

function stateWords({ state, health, thrashing, oomKills, restarts }: ContainerView, say: Say): string {
  return [
    state,
    ...(health === 'none' ? [] : [health]),
    ...(thrashing ? [say(text.thrashing)] : []),
    ...(oomKills > 0 ? [say(text.oomKills, { count: oomKills })] : []),
    ...(restarts === undefined || restarts === 0 ? [] : [say(text.restarts, { count: restarts })]),
  ].join(', ');
}

function troubles(view: MonitorView, say: Say, { translate }: Look): readonly Line[] {
  const { connection, engineError, memoryCgroup, staleMs, host } = view;
  const error = connection.kind === 'waiting' || connection.kind === 'failed' ? connection.error : undefined;
  const broken = error === undefined ? undefined : explain(error);
  const engine = engineError === undefined || error !== undefined ? undefined : explain(engineError);
  return [
    ...(staleMs === undefined ? [] : [paint(YELLOW, say(text.stale, { seconds: Math.round(staleMs / 1000) }))]),
    ...(broken === undefined ? [] : [broken.what, broken.wayOut].map((each) => paint(RED, printable(render(each, translate))))),
    ...(engine === undefined ? [] : [paint(YELLOW, `${say(text.noEngine)} ${printable(render(engine.what, translate))}`)]),
    ...(memoryCgroup === 'off' ? [paint(YELLOW, say(text.cgroupOff, { host }))] : []),
  ];
}

function plain(words: string): Line {
  return { words };
}

function paint(code: number, words: string): Line {
  return { words, code };
}

/** A line that wraps would shift the picture that is drawn over the last one. */
function draw({ words, code }: Line, { color, columns }: Look): string {
  const cut = words.length <= columns ? words : `${words.slice(0, Math.max(0, columns - 1))}…`;
  return color && code !== undefined ? `\u001b[${String(code)}m${cut}\u001b[0m` : cut;
}

interface Line {
  readonly words: string;
  readonly code?: number;
}

/** Seconds at the usual period. */
const CURVE = 16;
const BOLD = 1;
const RED = 31;
const YELLOW = 33;
