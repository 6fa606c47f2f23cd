import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { findingsOf, open, openIfPossible, until, workspaceFile } from './support.ts';

const content =
  'services:\n  a:\n    image: redis\n    mem_limit: 1g\n    deploy:\n      resources: { limits: { memory: 2g } }\n';
const inBrowser = process.env.HEADROOM_HOST_ENTRY === 'web';

describe('opening a compose file', () => {
  // In a browser the extension lives in another extension host than this suite, which then sees only its effects.
  if (!inBrowser) {
    it('activates the extension', async () => {
      await open(workspaceFile('compose.yml'));
      await until('active', () => vscode.extensions.getExtension('headroom.headroom')?.isActive);
    });
  }

  it('shows a finding with its code and a page that ships with the extension', async () => {
    const document = await open(workspaceFile('compose.yml'));
    const [finding] = await until('findings', () => findingsOf(document.uri));
    assert.ok(finding);
    // VS Code keeps the link to itself when a finding crosses from one extension host to another.
    if (inBrowser) {
      assert.equal(finding.code, 'limit-split');
      return;
    }
    assert.ok(typeof finding.code === 'object');
    assert.equal(finding.code.value, 'limit-split');
    const page = await vscode.workspace.fs.readFile(finding.code.target);
    assert.match(Buffer.from(page).toString(), /limit-split/);
  });

  it('says nothing about other YAML files', async () => {
    await open(workspaceFile('compose.yml'));
    const other = await open(workspaceFile('settings-of-an-app.yaml'));
    await until('findings of the neighbour', () => findingsOf(workspaceFile('compose.yml')));
    assert.deepEqual(findingsOf(other.uri), undefined);
  });
});

describe('a document without a file', () => {
  it('gets findings while it is untitled', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'dockercompose', content });
    await vscode.window.showTextDocument(document);
    await until('findings', () => findingsOf(document.uri));
  });
});

describe('a view of something that is not edited', () => {
  it('gets no findings: the committed version, as the comparison shows it', async () => {
    const file = workspaceFile('compose.yml');
    const committed = file.with({ scheme: 'git', query: JSON.stringify({ path: file.fsPath, ref: 'HEAD' }) });
    const document = await until('git', () => openIfPossible(committed));
    assert.match(document.getText(), /mem_limit/);
    await findsNothingIn(document);
  });

  it('gets no findings: output', async () => {
    const channel = vscode.window.createOutputChannel('A log', 'dockercompose');
    channel.append(content);
    channel.show();
    const document = await until('the log', () =>
      vscode.workspace.textDocuments.find(({ uri, lineCount }) => uri.scheme === 'output' && lineCount > 3),
    );
    await findsNothingIn(document);
    channel.dispose();
  });

  /** Silence proves nothing until a neighbour that came later has its findings. */
  async function findsNothingIn(document: vscode.TextDocument): Promise<void> {
    await vscode.languages.setTextDocumentLanguage(document, 'dockercompose');
    const later = await vscode.workspace.openTextDocument({ language: 'dockercompose', content });
    await until('findings of a neighbour', () => findingsOf(later.uri));
    assert.equal(findingsOf(document.uri), undefined);
  }
});

describe('the quick-fix', () => {
  it('changes the limit and no other byte, and the finding goes', async () => {
    const document = await open(workspaceFile('compose.yml'));
    const [finding] = await until('findings', () => findingsOf(document.uri));
    assert.ok(finding);
    const before = document.getText();
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `no fix among: ${actions.map(({ title }) => title).join(', ')}`);
    await vscode.workspace.applyEdit(fix.edit);
    assert.notEqual(document.getText(), before);
    assert.match(document.getText(), /# The limit stands twice/);
    await until('no finding', () => findingsOf(document.uri) === undefined);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
