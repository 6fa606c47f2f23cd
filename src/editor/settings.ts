import * as vscode from 'vscode';
import type { RuleSettings } from '../analysis/lint.ts';
import type { SettingId } from './contributions.ts';

const SEVERITIES = ['error', 'warning', 'info', 'hint', 'off'] as const;

/** What the user set for rules and groups; what is no severity is left out, since settings are anybody's text. */
export function ruleSettings(uri: vscode.Uri): RuleSettings {
  const written = read('headroom.rules', uri);
  const entries = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  return new Map(
    entries.flatMap(([rule, value]) => {
      const severity = SEVERITIES.find((each) => each === value);
      return severity === undefined ? [] : [[rule, severity] as const];
    }),
  );
}

function read(id: SettingId, uri: vscode.Uri): unknown {
  return vscode.workspace.getConfiguration(undefined, uri).get(id);
}
