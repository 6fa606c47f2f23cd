import * as vscode from 'vscode';
import type { Finding } from '../analysis/rules/rule.ts';
import type { FileId } from '../base/span.ts';
import { Positions, severityOf, uriOf } from './convert.ts';
import type { FileFindings } from './findings.ts';
import { say } from './translate.ts';

/** Findings of one file as Problems. `textOf` gives the text of other files, which related places lie in. */
export function diagnosticsOf(
  { text, findings }: FileFindings,
  pageOf: (rule: string) => vscode.Uri,
  textOf: (file: FileId) => string | undefined,
): vscode.Diagnostic[] {
  const positions = new Positions(text);
  return findings.map((finding) => {
    const diagnostic = new vscode.Diagnostic(positions.range(finding.span), say(finding.message), severityOf(finding.severity));
    diagnostic.source = 'headroom';
    diagnostic.code = { value: finding.rule, target: pageOf(finding.rule) };
    diagnostic.relatedInformation = related(finding, positions, textOf);
    return diagnostic;
  });
}

function related(
  finding: Finding,
  own: Positions,
  textOf: (file: FileId) => string | undefined,
): vscode.DiagnosticRelatedInformation[] {
  return finding.related.flatMap(({ span, message }) => {
    const other = span.file === finding.span.file ? undefined : textOf(span.file);
    const positions = other === undefined ? own : new Positions(other);
    if (other === undefined && span.file !== finding.span.file) return [];
    return [new vscode.DiagnosticRelatedInformation(new vscode.Location(uriOf(span.file), positions.range(span)), say(message))];
  });
}
