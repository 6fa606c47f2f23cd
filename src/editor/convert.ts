import * as vscode from 'vscode';
import { LineIndex } from '../base/position.ts';
import { fileId, type FileId, type Span } from '../base/span.ts';
import type { Severity } from '../analysis/rules/rule.ts';

/*
 * The only conversions between offsets and positions, and between our names of files and the editor's.
 * Analysis joins paths by `/`, so a name is the decoded URI: percent signs would break every comparison.
 */

export function fileOf(uri: vscode.Uri): FileId {
  const path = uri.path.startsWith('/') ? uri.path : `/${uri.path}`;
  return fileId(`${uri.scheme}://${uri.authority}${path}`);
}

export function uriOf(file: FileId): vscode.Uri {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(\/.*)$/is.exec(file);
  if (match === null) return vscode.Uri.file(file);
  const [, scheme = 'file', authority = '', path = '/'] = match;
  // An untitled document's path has no slash before it, unless it was untitled with a place in mind.
  const untitled = scheme === 'untitled' && !path.slice(1).includes('/');
  return vscode.Uri.from({ scheme, authority, path: untitled ? path.slice(1) : path });
}

/** Positions of one text. Built from the text that was analysed, not from the document, which may have moved on. */
export class Positions {
  readonly #index: LineIndex;

  constructor(text: string) {
    this.#index = new LineIndex(text);
  }

  range({ start, end }: Span): vscode.Range {
    return new vscode.Range(this.position(start), this.position(end));
  }

  position(offset: number): vscode.Position {
    const { line, column } = this.#index.position(offset);
    return new vscode.Position(line, column);
  }
}

export function severityOf(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'info':
      return vscode.DiagnosticSeverity.Information;
    case 'hint':
      return vscode.DiagnosticSeverity.Hint;
  }
}
