import * as vscode from 'vscode';
import type { Wishes } from '../analysis/judgement.ts';
import type { RuleSettings } from '../analysis/lint.ts';
import type { SettingId } from './contributions.ts';

const SEVERITIES = ['error', 'warning', 'info', 'hint', 'off'] as const;

/** What the user's settings say about judging this document. */
export function wishesOf(uri: vscode.Uri): Wishes {
  return { board: text('headroom.board', uri), reserve: text('headroom.reserve', uri), rules: ruleSettings(uri) };
}

/** What the user set for rules and groups; what is no severity is left out, since settings are anybody's text. */
function ruleSettings(uri: vscode.Uri): RuleSettings {
  const written = read('headroom.rules', uri);
  const entries = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  return new Map(
    entries.flatMap(([rule, value]) => {
      const severity = SEVERITIES.find((each) => each === value);
      return severity === undefined ? [] : [[rule, severity] as const];
    }),
  );
}

function text(id: SettingId, uri: vscode.Uri): string | undefined {
  const value = read(id, uri);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function read(id: SettingId, uri: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(undefined, uri).get(id);
}
