import * as vscode from 'vscode';
import { ignoreHere, ignoreInProject, severityInProject } from '../analysis/fixes/acceptance.ts';
import { PROJECT_NAME } from '../analysis/documents/project/find-project.ts';
import { parseYaml } from '../analysis/documents/yaml.ts';
import type { Edits } from '../analysis/documents/yaml-edit.ts';
import type { YamlFile } from '../analysis/documents/yaml-tree.ts';
import type { Finding, Severity } from '../analysis/rules/rule.ts';
import type { TextEdit } from '../base/edit.ts';
import { message } from '../base/message.ts';
import { fileOf, Positions, uriOf } from './convert.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'hint', 'off'];

/** "Ignore here…": asks for the reason first, since without one a comment silences nothing. */
export async function acceptHere(finding: Finding): Promise<void> {
  const reason = await askReason(finding.rule);
  if (reason === undefined) return;
  const document = await vscode.workspace.openTextDocument(uriOf(finding.span.file));
  const source = { file: finding.span.file, text: document.getText() };
  const yaml = /yaml|compose/.test(document.languageId) ? parseYaml(source) : undefined;
  await apply(document, ignoreHere(finding, source, yaml, reason));
}

export async function acceptInProject(finding: Finding): Promise<void> {
  const reason = await askReason(finding.rule);
  if (reason !== undefined) await editProject(finding, (project) => ignoreInProject(project, finding, reason));
}

export async function changeSeverity(finding: Finding): Promise<void> {
  const placeHolder = say(message(text.severityOf, { rule: finding.rule }));
  const chosen = await vscode.window.showQuickPick([...SEVERITIES], { placeHolder });
  const severity = SEVERITIES.find((each) => each === chosen);
  if (severity !== undefined) await editProject(finding, (project) => severityInProject(project, finding, severity));
}

/** Edits the headroom.yaml of the finding's folder, which is made where there is none, and shows it. */
async function editProject({ span }: Finding, edit: (project: YamlFile) => Edits): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uriOf(span.file));
  if (folder === undefined) {
    void vscode.window.showWarningMessage(say(message(text.noFolder)));
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, PROJECT_NAME);
  const document = await openOrCreate(uri);
  const edits = edit(parseYaml({ file: fileOf(uri), text: document.getText() }));
  if (edits !== undefined) await apply(document, edits);
  await vscode.window.showTextDocument(document);
}

async function openOrCreate(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const creation = new vscode.WorkspaceEdit();
  creation.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode('version: 1\n') });
  await vscode.workspace.applyEdit(creation);
  return vscode.workspace.openTextDocument(uri);
}

async function apply(document: vscode.TextDocument, edits: readonly TextEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const positions = new Positions(document.getText());
  for (const { span, text: replacement } of edits) edit.replace(document.uri, positions.range(span), replacement);
  await vscode.workspace.applyEdit(edit);
}

async function askReason(rule: string): Promise<string | undefined> {
  const reason = await vscode.window.showInputBox({
    prompt: say(message(text.reasonPrompt, { rule })),
    validateInput: (value) => (value.trim() === '' ? say(message(text.reasonNeeded)) : undefined),
  });
  return reason?.trim();
}
