import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { measure, open, until, workspaceFile } from './support.ts';

/** A card's way through the extension host and back; the answer itself is measured where nothing else runs. */
const BUDGET_MS = 100;

describe('a conf file that a stack mounts under another name', () => {
  let conf: vscode.TextDocument;

  before(async () => {
    await open(workspaceFile('database/compose.yml'));
    await open(workspaceFile('database/server.conf'));
    conf = await until('the language', () =>
      vscode.workspace.textDocuments.find(
        ({ uri, languageId }) => uri.path.endsWith('/server.conf') && languageId === 'postgresql-conf',
      ),
    );
  });

  it('is shown as one, and pg_hba.conf beside it is not', async () => {
    const hba = await open(workspaceFile('database/pg_hba.conf'));
    await until('a hover in the other', () => hoverAt(conf, 'shared_buffers'));
    assert.notEqual(hba.languageId, 'postgresql-conf');
  });

  it('speaks of the container in its hovers', async () => {
    const said = await until('a hover that knows the limit', async () => {
      const words = await hoverAt(conf, 'shared_buffers');
      return words?.includes('128') === true ? words : undefined;
    });
    assert.match(said, /shared\\?_buffers/);
    assert.match(said, /www\.postgresql\.org\/docs\/16\//);
  });

  it('has an outline by its sections', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      conf.uri,
    );
    assert.deepEqual(
      symbols.map(({ name, children }) => [name, ...children.map((child) => child.name)]),
      [
        ['Memory', 'shared_buffers', 'max_connections'],
        ['Files', 'include_dir', 'listen_addresses'],
      ],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', conf.uri);
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 2],
        [4, 6],
      ],
    );
  });

  it('leads from an include in the container to the files of the project', async () => {
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      conf.uri,
      positionOf(conf, 'conf.d'),
    );
    assert.deepEqual(
      places.map((place) => ('uri' in place ? place.uri : place.targetUri).path.split('/').slice(-2).join('/')),
      ['conf.d/10-log.conf'],
    );
  });
});

describe('the words of a server in a compose file', () => {
  it('are explained and completed like lines of a conf file', async () => {
    const document = await open(workspaceFile('database/compose.yml'));
    const said = await until('a hover', async () => {
      const words = await hoverAt(document, 'work_mem');
      return words?.includes('runtime-config-resource') === true ? words : undefined;
    });
    assert.match(said, /work\\?_mem/);
    const labels = await completionsAt(document, positionOf(document, 'work_mem').translate(0, 3));
    assert.ok(labels.includes('shared_buffers'), labels.slice(0, 20).join(' '));
  });
});

describe('a conf file of 900 lines', () => {
  it('is completed and explained without a wait', async () => {
    const lines = Array.from({ length: 899 }, (_, at) =>
      at % 2 === 0 ? `#work_mem = ${String(at)}kB` : `app.option_${String(at)} = ${String(at)}`,
    );
    const document = await vscode.workspace.openTextDocument({
      language: 'postgresql-conf',
      content: [...lines, 'shared_buffers = 32MB', ''].join('\n'),
    });
    await vscode.window.showTextDocument(document);
    const labels = await until('completions', async () => {
      const found = await completionsAt(document, new vscode.Position(900, 0));
      return found.includes('work_mem') ? found : undefined;
    });
    assert.ok(labels.includes('include_dir'));
    const completion = await median(() => completionsAt(document, new vscode.Position(900, 0)));
    const hover = await median(() => hoverAt(document, 'shared_buffers'));
    measure('completion in 900 lines, ms', completion);
    measure('hover in 900 lines, ms', hover);
    assert.ok(completion <= BUDGET_MS && hover <= BUDGET_MS, `${String(completion)} and ${String(hover)} ms`);
  });
});

function positionOf(document: vscode.TextDocument, word: string): vscode.Position {
  return document.positionAt(document.getText().lastIndexOf(word) + 1);
}

async function hoverAt(document: vscode.TextDocument, word: string): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    positionOf(document, word),
  );
  const said = hovers.flatMap(({ contents }) =>
    contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
  );
  return said.length === 0 ? undefined : said.join('\n');
}

async function completionsAt(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return items.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[7] ?? Infinity;
}
