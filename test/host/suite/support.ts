import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';

export function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The suite needs its workspace.');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** For documents of another extension, which may not be there yet. */
export async function openIfPossible(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** Headroom's own; undefined where there are none, so that `until` can wait for them. */
export function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] | undefined {
  const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'headroom');
  return found.length === 0 ? undefined : found;
}

type Probe<T> = () => T | undefined | false | Promise<T | undefined>;

/** Polls, because VS Code holds its diagnostics event back for 50 ms and has no other. */
export async function until<T>(what: string, probe: Probe<T>, patience = 15_000): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${patience} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A number that the run brings back beside its verdicts. */
export function measure(name: string, value: number): void {
  const path = process.env.HEADROOM_HOST_MEASURED;
  if (path !== undefined) appendFileSync(path, `${JSON.stringify([name, value])}\n`);
}
