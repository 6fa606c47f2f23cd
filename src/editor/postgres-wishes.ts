import * as vscode from 'vscode';
import type { PostgresConf } from '../analysis/documents/postgres/model.ts';
import { poolsTo } from '../analysis/postgres/pools.ts';
import type { TuneWishes } from '../analysis/postgres/tune-service.ts';
import { composeSize, formatBytes, mebibytes, parseSize, type Bytes } from '../base/bytes.ts';
import { message } from '../base/message.ts';
import type { Server } from './postgres-servers.ts';
import { text } from './postgres-text.ts';
import { say } from './translate.ts';

/** What is tuned: a conf file by itself, or the server of a service, wherever that keeps its settings. */
export type TuneTarget = { readonly conf: PostgresConf; readonly server?: undefined } | { readonly server: Server };

export interface Wishes extends TuneWishes {
  readonly limit: Bytes;
}

/** Four questions, each with what the stack says as its answer; undefined where somebody turned away. */
export async function askWishes(target: TuneTarget): Promise<Wishes | undefined> {
  const limit = await askLimit(limitOf(target));
  if (limit === undefined) return undefined;
  const connections = await askConnections(limit, poolsOf(target));
  if (connections === undefined) return undefined;
  const storage = await choose(
    text.askStorage,
    [
      { value: 'card', label: text.card },
      { value: 'ssd', label: text.ssd },
    ] as const,
    storageOf(target),
  );
  if (storage === undefined) return undefined;
  const workload = await choose(
    text.askWorkload,
    [
      { value: 'web', label: text.web },
      { value: 'oltp', label: text.oltp },
      { value: 'mixed', label: text.mixed },
    ] as const,
    'web',
  );
  if (workload === undefined) return undefined;
  return { limit, connections: connections === '' ? undefined : Number(connections), storage, workload };
}

async function askLimit(value: Bytes): Promise<Bytes | undefined> {
  const written = await vscode.window.showInputBox({
    prompt: say(message(text.askLimit)),
    value: composeSize(value),
    validateInput: (size) => (sizeOf(size) === undefined ? say(message(text.badLimit)) : undefined),
  });
  return written === undefined ? undefined : sizeOf(written);
}

function sizeOf(written: string): Bytes | undefined {
  const size = parseSize(written.trim());
  return size.ok && size.value > 0 ? size.value : undefined;
}

async function askConnections(limit: Bytes, pools: number): Promise<string | undefined> {
  const written = await vscode.window.showInputBox({
    prompt: say(message(text.askConnections, { limit: formatBytes(limit) })),
    value: pools === 0 ? '' : String(pools + SPARE_CONNECTIONS),
    validateInput: (number) => (/^\s*\d*\s*$/.test(number) ? undefined : say(message(text.badConnections))),
  });
  return written?.trim();
}

/** The likely one first: Enter takes it. */
async function choose<T extends string>(
  question: string,
  choices: readonly { readonly value: T; readonly label: string }[],
  likely: NoInfer<T>,
): Promise<T | undefined> {
  const items = choices
    .map(({ value, label }) => ({ value, label: say(message(label)) }))
    .sort((one, other) => Number(other.value === likely) - Number(one.value === likely));
  return (await vscode.window.showQuickPick(items, { placeHolder: say(message(question)) }))?.value;
}

/** One for the administrator, and two for what nobody counted. */
const SPARE_CONNECTIONS = 3;

function limitOf({ server, ...rest }: TuneTarget): Bytes {
  if (server !== undefined) return server.link.inputs.limit ?? mebibytes(128);
  return ('conf' in rest ? rest.conf.container?.limit : undefined) ?? mebibytes(128);
}

function poolsOf({ server }: TuneTarget): number {
  if (server === undefined) return 0;
  return poolsTo(server.link.service, server.stack.stack).reduce((sum, { connections }) => sum + connections, 0);
}

function storageOf({ server }: TuneTarget): 'card' | 'ssd' {
  return server?.stack.surroundings.host?.storage ?? 'card';
}
