import * as vscode from 'vscode';
import type { Tuning } from '../analysis/memory/postgres-tuner/tune.ts';
import { formatBytes } from '../base/bytes.ts';
import type { TextEdit } from '../base/edit.ts';
import { message } from '../base/message.ts';
import { Positions, uriOf } from './convert.ts';
import { text } from './postgres-text.ts';
import { say } from './translate.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Shows a tuning before it is made: each change is ticked by itself, or all of a file's at once. */
export async function preview(edits: readonly TextEdit[], tuning: Tuning, files: WorkspaceFiles): Promise<void> {
  const limit = formatBytes(tuning.request.limit);
  if (edits.length === 0) {
    const data = { limit, peak: formatBytes(tuning.estimate.peak) };
    void vscode.window.showInformationMessage(say(message(text.tuned, data)));
    return;
  }
  const label = say(message(text.title, { version: tuning.request.version, limit }));
  const edit = new vscode.WorkspaceEdit();
  for (const { span, text: replacement } of tickable(edits)) {
    const reading = files.read(span.file);
    const positions = new Positions(reading.kind === 'text' ? reading.source.text : '');
    edit.replace(uriOf(span.file), positions.range(span), replacement, { needsConfirmation: true, label });
  }
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

/** Half of an insertion may not be ticked where it makes no sense: `-c` without its word. Lines of a conf file stand alone. */
function tickable(edits: readonly TextEdit[]): readonly TextEdit[] {
  const whole: TextEdit[] = [];
  for (const edit of edits) {
    const before = whole.at(-1);
    if (before !== undefined && isInsertion(edit) && isInsertion(before) && isSamePlace(edit, before)) {
      whole[whole.length - 1] = { span: before.span, text: before.text + edit.text };
    } else whole.push(edit);
  }
  return whole.flatMap((edit) =>
    isInsertion(edit) && edit.span.file.endsWith('.conf')
      ? (edit.text.match(LINE) ?? []).map((line) => ({ span: edit.span, text: line }))
      : [edit],
  );
}

/** A line with its end, and with the line end before it where the file had none. */
const LINE = /(?:^\r?\n)?[^\n]*\n/g;

function isInsertion({ span: { start, end } }: TextEdit): boolean {
  return start === end;
}

function isSamePlace(one: TextEdit, other: TextEdit): boolean {
  return one.span.file === other.span.file && one.span.start === other.span.start;
}
