import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { measure, until } from './support.ts';

const inBrowser = process.env.HEADROOM_HOST_ENTRY === 'web';

/** Timers, sockets and programs that the extension host has at this moment; others in it come and go too. */
function resources(): number {
  return process.getActiveResourcesInfo().length;
}

async function least(milliseconds: number): Promise<number> {
  let fewest = resources();
  for (const end = Date.now() + milliseconds; Date.now() < end; fewest = Math.min(fewest, resources()))
    await new Promise((resolve) => setTimeout(resolve, 25));
  return fewest;
}

function inNode(): void {
  it('is checked, watched and let go again without a trace', async () => {
    await vscode.extensions.getExtension('headroom.headroom')?.activate();
    const rest = await least(1_500);
    await vscode.commands.executeCommand('headroom.openDemo');
    await vscode.commands.executeCommand('headroom.checkHost', 'demo');
    const page = await until('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'headroom-readiness'),
    );
    assert.match(page.getText(), /demo Pi.*made up/);
    assert.match(page.getText(), /cgroup_enable=memory/);
    const busy = await least(300);
    assert.ok(busy > rest, `watching takes something: ${busy} after ${rest}`);
    await vscode.commands.executeCommand('headroom.removeHost', 'demo');
    await vscode.commands.executeCommand('workbench.view.explorer');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('as little as before', () => resources() <= rest);
    measure('live: resources while watched and after', busy - rest);
  });
}

/** A browser reaches no host, so nothing there may look as if it could. */
function inTheBrowser(): void {
  it('has no commands', async () => {
    await vscode.extensions.getExtension('headroom.headroom')?.activate();
    const known = await vscode.commands.getCommands(true);
    assert.ok(known.includes('headroom.chooseBoard'));
    assert.deepEqual(
      known.filter((id) => ['headroom.openDemo', 'headroom.addHost', 'headroom.checkHost'].includes(id)),
      [],
    );
  });
}

describe('a Pi of the sidebar', inBrowser ? inTheBrowser : inNode);
