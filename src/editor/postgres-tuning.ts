import * as vscode from 'vscode';
import type { SourceText } from '../analysis/documents/source.ts';
import { NEWEST_VERSION } from '../analysis/documents/postgres/settings.ts';
import type { YamlFile } from '../analysis/documents/yaml-tree.ts';
import { limitEdits } from '../analysis/memory/fit/limit-edits.ts';
import { tunePostgres, type Refusal, type Tuning } from '../analysis/memory/postgres-tuner/tune.ts';
import { keptIn, tunedConf, tunedEdits } from '../analysis/memory/postgres-tuner/write.ts';
import { tunedServiceEdits, tuneService } from '../analysis/postgres/tune-service.ts';
import type { TextEdit } from '../base/edit.ts';
import { message } from '../base/message.ts';
import { fail, type Result } from '../base/result.ts';
import type { FileId } from '../base/span.ts';
import { preview } from './postgres-preview.ts';
import type { PostgresServers, Server } from './postgres-servers.ts';
import { text } from './postgres-text.ts';
import { askWishes, type TuneTarget, type Wishes } from './postgres-wishes.ts';
import { say } from './translate.ts';

/** Asks what the stack doesn't say, and shows the whole tuning before anything is written; or says why there is none. */
export async function tuneHere(servers: PostgresServers, yamlOf: (source: SourceText) => YamlFile): Promise<void> {
  const target = await targetIn(servers);
  if (target === undefined) return;
  const wishes = await askWishes(target);
  if (wishes === undefined) return;
  const tuned = tune(target, wishes, servers);
  if (!tuned.ok) {
    const reasons = tuned.error.map(say).join(' ');
    void vscode.window.showWarningMessage(say(message(text.refused, { reasons })));
    return;
  }
  const edits = editsFor(target, tuned.value, servers, yamlOf);
  if (edits === undefined) await offerConf(target, tuned.value);
  else await preview(edits, tuned.value, servers.files);
}

async function targetIn(servers: PostgresServers): Promise<TuneTarget | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId === 'postgresql-conf') {
    const { conf, server } = servers.conf(editor.document);
    return server === undefined ? { conf } : { server };
  }
  const here = editor === undefined ? undefined : servers.at(editor.document, editor.selection.active);
  const all = editor === undefined ? [] : servers.of(editor.document);
  const server = here ?? (all.length > 1 ? await pick(all) : all[0]);
  if (server !== undefined) return { server };
  if (all.length === 0) void vscode.window.showInformationMessage(say(message(text.notHere)));
  return undefined;
}

async function pick(servers: readonly Server[]): Promise<Server | undefined> {
  const items = servers.map((server) => ({ label: server.link.service.name, server }));
  return (await vscode.window.showQuickPick(items, { placeHolder: say(message(text.pickServer)) }))?.server;
}

function tune(target: TuneTarget, wishes: Wishes, { files }: PostgresServers): Result<Tuning, Refusal> {
  if (target.server !== undefined) {
    const { link } = target.server;
    return tuneService({ ...link, inputs: { ...link.inputs, limit: wishes.limit } }, wishes, files) ?? fail([]);
  }
  const { conf } = target;
  const cores = conf.container?.cores ?? 4;
  return tunePostgres({ ...wishes, cores, version: conf.version ?? NEWEST_VERSION, kept: keptIn(conf) });
}

function editsFor(
  target: TuneTarget,
  tuning: Tuning,
  { files }: PostgresServers,
  yamlOf: (source: SourceText) => YamlFile,
): readonly TextEdit[] | undefined {
  if (target.server === undefined) return tunedEdits(target.conf, tuning, translate);
  const { link, stack } = target.server;
  const yaml = (file: FileId): YamlFile | undefined => {
    const reading = files.read(file);
    return reading.kind === 'text' ? yamlOf(reading.source) : undefined;
  };
  const own = yaml(link.service.nameSpan.file);
  const settings = own === undefined ? undefined : tunedServiceEdits(link, tuning, files, own, translate);
  const limit = limitEdits(link.service, tuning.request.limit, stack.stack, yaml, 'one');
  return settings === undefined || limit === undefined ? undefined : [...limit, ...settings];
}

/** Where the stack's own place can't be edited, the values are still worth having. */
async function offerConf(target: TuneTarget, tuning: Tuning): Promise<void> {
  const show = say(message(text.showConf));
  const service = target.server?.link.service.name ?? '';
  const chosen = await vscode.window.showWarningMessage(say(message(text.notEditable, { service })), show);
  if (chosen !== show) return;
  const document = await vscode.workspace.openTextDocument({
    language: 'postgresql-conf',
    content: tunedConf(tuning, translate),
  });
  await vscode.window.showTextDocument(document);
}

function translate(english: string): string {
  return vscode.l10n.t(english);
}
