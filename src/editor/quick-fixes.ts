import * as vscode from 'vscode';
import { message } from '../base/message.ts';
import type { FileId } from '../base/span.ts';
import type { Finding, Fix } from '../analysis/rules/rule.ts';
import { compatibleFixes } from '../analysis/fixes/compatible-fixes.ts';
import type { CommandId } from './contributions.ts';
import { fileOf, Positions, uriOf } from './convert.ts';
import type { FileFindings } from './findings.ts';
import { text } from './text.ts';
import { say } from './translate.ts';

export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append('headroom');

/**
 * Fixes travel with their finding: nothing is computed when the lightbulb opens. They are offered only while
 * the text that they were made for is the document's text.
 */
export class QuickFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix, FIX_ALL];

  readonly #findingsOf: (file: FileId) => FileFindings | undefined;
  readonly #textOf: (file: FileId) => string | undefined;

  constructor(findingsOf: (file: FileId) => FileFindings | undefined, textOf: (file: FileId) => string | undefined) {
    this.#findingsOf = findingsOf;
    this.#textOf = textOf;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    const found = this.#findingsOf(fileOf(document.uri));
    if (found?.text !== document.getText()) return [];
    // Asked for "every source action" or for ours alone, there is one answer; without a wish, quick-fixes.
    if (context.only?.contains(FIX_ALL) === true || context.only?.intersects(FIX_ALL) === true) return this.#fixAll(found);
    const positions = new Positions(found.text);
    const here = found.findings.filter(({ span }) => positions.range(span).intersection(range) !== undefined);
    return here.flatMap((finding) => this.#actionsFor(finding, context.diagnostics));
  }

  /** The edit of every safe fix in this file at once; also what `headroom.fixAll` applies. */
  allSafe(found: FileFindings): vscode.WorkspaceEdit | undefined {
    const fixes = compatibleFixes(found.findings);
    return fixes.length === 0 ? undefined : workspaceEdit(fixes, this.#textOf);
  }

  #fixAll(found: FileFindings): vscode.CodeAction[] {
    const edit = this.allSafe(found);
    if (edit === undefined) return [];
    const action = new vscode.CodeAction(say(message(text.fixAllSafe)), FIX_ALL);
    action.edit = edit;
    return [action];
  }

  #actionsFor(finding: Finding, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
    const shown = diagnostics.filter(
      ({ code, source }) => source === 'headroom' && typeof code === 'object' && code.value === finding.rule,
    );
    const fixes = finding.fixes.map((fix) => {
      const action = new vscode.CodeAction(say(fix.title), vscode.CodeActionKind.QuickFix);
      action.diagnostics = [...shown];
      action.edit = workspaceEdit([fix], this.#textOf);
      // Only one that is the single answer is preferred: "Auto Fix" must not choose among several.
      action.isPreferred = fix.safety === 'safe' && finding.fixes.filter(({ safety }) => safety === 'safe').length === 1;
      return action;
    });
    const answers: readonly (readonly [string, CommandId, unknown])[] = [
      [text.explainRule, 'headroom.explainRule', finding.rule],
      [text.ignoreHere, 'headroom.ignoreHere', finding],
      [text.ignoreInProject, 'headroom.ignoreInProject', finding],
      [text.changeSeverity, 'headroom.changeSeverity', finding],
    ];
    const others = answers.map(([title, command, argument]) => {
      const action = new vscode.CodeAction(say(message(title, { rule: finding.rule })), vscode.CodeActionKind.QuickFix);
      action.diagnostics = [...shown];
      action.command = { command, title: action.title, arguments: [argument] };
      return action;
    });
    return [...fixes, ...others];
  }
}

/** Fixes as the editor applies them. `textOf` gives the very text that the fixes were made for. */
export function workspaceEdit(
  fixes: readonly Fix[],
  textOf: (file: FileId) => string | undefined,
  metadata?: vscode.WorkspaceEditEntryMetadata,
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const positions = new Map<FileId, Positions>();
  for (const { span, text: replacement } of fixes.flatMap(({ edits }) => edits)) {
    const known = positions.get(span.file) ?? new Positions(textOf(span.file) ?? '');
    positions.set(span.file, known);
    edit.replace(uriOf(span.file), known.range(span), replacement, metadata);
  }
  return edit;
}
