import * as vscode from 'vscode';
import { message } from '../base/message.ts';
import type { CheckedStacks, OpenStack } from './checked-stacks.ts';
import { workspaceEdit } from './quick-fixes.ts';
import { text } from './text.ts';
import { say } from './translate.ts';
import type { FileId } from '../base/span.ts';

/** "Fit stack": the whole optimisation as one edit, each change shown and ticked before it is made. */
export async function fitStack(stack: OpenStack | undefined, textOf: (file: FileId) => string | undefined): Promise<void> {
  const fix = stack?.findings.find(({ rule }) => rule === 'stack-over-budget')?.fixes[0];
  if (fix === undefined) {
    void vscode.window.showInformationMessage(say(message(stack?.judged() === undefined ? text.noBoardYet : text.nothingToFit)));
    return;
  }
  const edit = workspaceEdit([fix], textOf, {
    needsConfirmation: true,
    label: say(message(text.tickChanges, { title: say(fix.title) })),
  });
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

/** The stack of the document that a lens names, else of the editor in front. */
export function stackFor(argument: unknown, stacks: CheckedStacks): OpenStack | undefined {
  const named =
    argument instanceof vscode.Uri
      ? vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === argument.toString())
      : undefined;
  const document = named ?? vscode.window.activeTextEditor?.document;
  return document === undefined ? undefined : stacks.of(document);
}
