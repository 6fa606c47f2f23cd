import * as vscode from 'vscode';
import { boardById, boards } from '../analysis/memory/boards.ts';
import { defaultReserve } from '../analysis/memory/reserve.ts';
import { budgetFor } from '../analysis/memory/budget.ts';
import { formatBytes } from '../base/bytes.ts';
import { message } from '../base/message.ts';
import type { SettingId } from './contributions.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

/** Asks which Pi the stacks are for, and keeps the answer as a setting of the workspace (or of the user without one). */
export async function chooseBoard(): Promise<void> {
  const items = boards.map((board) => ({
    label: board.name,
    description: board.id,
    detail: say(
      message(text.boardDetail, {
        installed: formatBytes(board.installed),
        available: formatBytes(budgetFor(board, defaultReserve, 0).available),
      }),
    ),
    id: board.id,
  }));
  const other = { label: `$(edit) ${say(message(text.boardOther))}`, description: '', detail: '', id: '' };
  const chosen = await vscode.window.showQuickPick([...items, other], {
    placeHolder: say(message(text.boardPlaceholder)),
    matchOnDescription: true,
  });
  const id = chosen === other ? await askSize() : chosen?.id;
  if (id === undefined) return;
  const target =
    vscode.workspace.workspaceFolders === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration().update('headroom.board' satisfies SettingId, id, target);
}

async function askSize(): Promise<string | undefined> {
  return vscode.window.showInputBox({
    prompt: say(message(text.boardSizePrompt)),
    value: '768M',
    validateInput: (value) => (boardById(value) === undefined ? say(message(text.boardSizeBad)) : undefined),
  });
}
