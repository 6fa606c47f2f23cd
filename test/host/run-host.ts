import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../src/build/bundles.ts';
import { installCodeServer } from '../../src/build/code-server/install.ts';
import { openWindow } from '../lab/vscode.ts';
import { compileSuite } from './compile.ts';
import type { HostResult } from './result.ts';

/** `node` loads package.json's `main`, `web` its `browser`, in the page's own worker. */
export type HostEntry = 'node' | 'web';

export interface HostRun {
  readonly entry: HostEntry;
  readonly extension?: string;
  /** The executable of a desktop VS Code; without one, code-server in a Chromium. */
  readonly desktop?: string;
}

const PATIENCE_MS = 180_000;

/** Runs the one compiled suite in a real VS Code on a throw-away copy of its workspace. */
export async function runHost(run: HostRun): Promise<HostResult> {
  const scratch = await mkdtemp(join(tmpdir(), 'headroom-host-'));
  try {
    const folder = join(scratch, 'workspace');
    await cp(join(projectFolder, 'test/host/workspace'), folder, { recursive: true });
    commitAll(folder);
    const suite = await compileSuite(join(scratch, 'suite'));
    const result = join(scratch, 'result.json');
    const env = {
      HEADROOM_HOST_RESULT: result,
      HEADROOM_HOST_MEASURED: join(scratch, 'measured.jsonl'),
      HEADROOM_HOST_ENTRY: run.entry,
    };
    const said =
      run.desktop === undefined ? await inCodeServer(run, suite, scratch, env) : await onDesktop(run, suite, scratch, env);
    return await resultIn(result, said);
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The workspace is a repository, so that there is a committed version to look at. */
function commitAll(folder: string): void {
  const identity = ['-c', 'user.name=Headroom', '-c', 'user.email=headroom@example.invalid'];
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    [...identity, 'commit', '-q', '-m', 'As it was'],
  ]) {
    execFileSync('git', args, { cwd: folder });
  }
}

/** No file means that the host died in mid-suite, whatever the exit code says. */
async function resultIn(path: string, said: string): Promise<HostResult> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as HostResult;
  return {
    passed: [],
    skipped: [],
    measured: {},
    failures: [{ title: 'the suite comes to its end', error: `It left no result.\n${said.slice(-6000)}` }],
  };
}

async function inCodeServer(run: HostRun, suite: string, scratch: string, env: Record<string, string>): Promise<string> {
  const said: string[] = [];
  let ended = (): void => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const window = await openWindow({
    codeServer: await installCodeServer(),
    profile: join(scratch, 'profile'),
    folder: join(scratch, 'workspace'),
    testDriver: true,
    env,
    settings: run.entry === 'web' ? { 'remote.extensionKind': { 'headroom.headroom': ['web'] } } : {},
    extensionDevelopmentPath: run.extension ?? projectFolder,
    extensionTestsPath: suite,
    prepare: async (page) => {
      // The names by which VS Code's test driver reports to whoever drives the page.
      await page.exposeFunction('codeAutomationExit', () => ended());
      await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => said.push(`${type}: ${args.join(' ')}`));
    },
  });
  const timer = setTimeout(() => {
    said.push(`Nothing happened for ${PATIENCE_MS} ms.`);
    ended();
  }, PATIENCE_MS);
  try {
    await end;
    return [...said, window.server.output()].join('\n');
  } finally {
    clearTimeout(timer);
    await mkdir(join(projectFolder, '.cache/screenshots'), { recursive: true });
    await window.page
      .screenshot({ path: join(projectFolder, `.cache/screenshots/host-${run.entry}.png`) })
      .catch(() => undefined);
    await window.dispose();
  }
}

async function onDesktop(run: HostRun, suite: string, scratch: string, env: Record<string, string>): Promise<string> {
  const { runTests } = await import('@vscode/test-electron');
  try {
    await runTests({
      ...(run.desktop !== undefined && { vscodeExecutablePath: run.desktop }),
      extensionDevelopmentPath: run.extension ?? projectFolder,
      extensionTestsPath: suite,
      extensionTestsEnv: env,
      launchArgs: [join(scratch, 'workspace'), '--disable-extensions', '--user-data-dir', join(scratch, 'profile')],
    });
    return '';
  } catch (error) {
    return String(error);
  }
}
