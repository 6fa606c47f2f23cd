import * as vscode from 'vscode';
import { message, type Message } from '../../base/message.ts';
import { explain, type LiveError } from '../../live/errors.ts';
import type { ContainerView } from '../../live/store/container-entry.ts';
import { say } from '../translate.ts';
import { text } from './text.ts';
import type { WatchedHost } from './watched-host.ts';

export type ContainerAction = 'start' | 'stop' | 'restart';

/** Lines of a log that are fetched at once. */
const LOG_LINES = 500;

const QUESTIONS = {
  restart: { ask: text.restartAsk, detail: text.restartDetail, yes: text.restart },
  stop: { ask: text.stopAsk, detail: text.stopDetail, yes: text.stop },
} as const;

/** What takes a service away from those who use it is asked about first. */
export async function act(action: ContainerAction, host: WatchedHost, container: ContainerView): Promise<void> {
  const names = { container: container.name, host: host.name };
  if (action !== 'start') {
    const { ask, detail, yes } = QUESTIONS[action];
    const confirm = say(message(yes));
    const options = { modal: true, detail: say(message(detail)) };
    if ((await vscode.window.showWarningMessage(say(message(ask, names)), options, confirm)) !== confirm) return;
  }
  const done = await withProgress(message(text.working, names), async (signal) =>
    (await host.session()).docker()[action](container.id, signal),
  );
  if (!done.ok) sayError(done.error);
}

/** The end of a log, in a channel that is the container's own and is written anew each time. */
export async function showLogs(channel: vscode.OutputChannel, host: WatchedHost, container: ContainerView): Promise<void> {
  const names = { container: container.name, host: host.name };
  const feed = (await host.session()).docker().logs(container.id, { tail: LOG_LINES });
  const lines: string[] = [];
  try {
    for await (const { text: line } of feed.items) if (lines.push(plain(line)) >= LOG_LINES) break;
  } finally {
    feed.dispose();
  }
  const end = await feed.ended;
  if (!end.ok && end.error.kind !== 'cancelled') {
    sayError(end.error);
    return;
  }
  const head = lines.length === 0 ? message(text.logsNone) : message(text.logsHead, { count: lines.length, ...names });
  channel.replace([say(head), ...lines, ''].join('\n'));
  channel.show(true);
}

/** In the notification that a person may cancel. */
export async function withProgress<T>(title: Message, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title: say(title), cancellable: true };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      return await run(abort.signal);
    } finally {
      listening.dispose();
    }
  });
}

export function sayError(error: LiveError): void {
  if (error.kind === 'cancelled' || error.kind === 'closed') return;
  const { what, wayOut } = explain(error);
  void vscode.window.showErrorMessage(`${say(what)} ${say(wayOut)}`);
}

/** Colours and cursor movements are for terminals. */
function plain(line: string): string {
  return line
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .replace(/[^\P{Cc}\t]/gu, '�')
    .slice(0, LONGEST_LINE);
}

const LONGEST_LINE = 2000;
