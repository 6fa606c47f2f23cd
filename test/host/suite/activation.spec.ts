import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { findingsOf, measure, open, until, workspaceFile } from './support.ts';

/** Load Code plus Call Activate, in a host that starts everything else at the same time. */
const BUDGET_MS = 500;

describe('activation', () => {
  it('is quick, by the table that VS Code itself keeps', async () => {
    const document = await open(workspaceFile('compose.yml'));
    await until('findings', () => findingsOf(document.uri));
    const { load, call } = await until('the row of headroom', () => startupRow());
    measure('activation: load code, ms', load);
    measure('activation: call activate, ms', call);
    assert.ok(load + call <= BUDGET_MS, `took ${load} + ${call} ms`);
  });
});

/** "Developer: Startup Performance" opens a document with a row per extension: eager, load, call, finish, event, by. */
async function startupRow(): Promise<{ load: number; call: number } | undefined> {
  await vscode.commands.executeCommand('perfview.show');
  console.log(JSON.stringify(vscode.workspace.textDocuments.map((d) => [d.uri.toString(), d.getText().match(/.*headroom.*/gi)])));
  const table = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
  const row = /headroom\.headroom\s*\|\s*\w+\s*\|\s*(\d+)\s*\|\s*(\d+)/i.exec(table?.getText() ?? '');
  return row === null ? undefined : { load: Number(row[1]), call: Number(row[2]) };
}
