import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeServer } from './install.ts';

export interface ServeOptions {
  /** Settings, extensions and logs live in here; made where it is missing. */
  readonly profile: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Lets a page name an extension under development and a test suite: a built VS Code ignores both without it. */
  readonly testDriver?: boolean;
  readonly workspaceTrust?: boolean;
  /** Such as `de`: VS Code's own words stay English, an extension's are translated. */
  readonly locale?: string;
}

export interface Server {
  readonly port: number;
  /** What the server and its extension hosts printed. */
  output(): string;
  dispose(): Promise<void>;
}

const STARTUP_MS = 60_000;

/** Starts VS Code's own server on loopback, without code-server's wrapper: it is up within half a second. */
export async function serve(codeServer: CodeServer, options: ServeOptions): Promise<Server> {
  await mkdir(join(options.profile, 'data/User'), { recursive: true });
  await mkdir(join(options.profile, 'extensions'), { recursive: true });
  await writeSettings(options);
  if (options.locale !== undefined) await writeLanguagePack(options.profile, options.locale);
  const child = spawn(codeServer.node, serverArguments(codeServer, options), {
    env: { ...cleanEnvironment(), ...options.env },
    // A group of its own, so that the extension hosts that it forks end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const dispose = (): Promise<void> => end(child);
  try {
    return { port: await listening(child, output), output: () => output.join(''), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Installs a VSIX into the profile that a later `serve` uses. */
export async function installExtension(codeServer: CodeServer, profile: string, vsix: string): Promise<void> {
  const args = [join(codeServer.home, 'out/server-main.js'), '--install-extension', vsix, '--force', ...folders(profile)];
  const child = spawn(codeServer.node, [...args, '--accept-server-license-terms'], { env: cleanEnvironment(), stdio: 'pipe' });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0 || !said.includes('successfully installed')) throw new Error(`Could not install ${vsix}:\n${said}`);
}

function serverArguments(codeServer: CodeServer, options: ServeOptions): string[] {
  return [
    join(codeServer.home, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', ...folders(options.profile)],
    ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ...(options.locale === undefined ? [] : ['--locale', options.locale]),
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

function folders(profile: string): string[] {
  return ['--server-data-dir', profile, '--extensions-dir', join(profile, 'extensions')];
}

/** Started from a terminal inside VS Code, these would tie the new server to the old window. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name)),
  );
}

function listening(child: ChildProcess, output: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('did not start in time'), STARTUP_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`code-server ${why}:\n${output.join('')}`));
    };
    child.on('exit', (code) => fail(`ended with ${String(code)}`));
    child.stdout?.on('data', () => {
      const port = /agent listening on (\d+)/.exec(output.join(''))?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.on('exit', resolve));
  signal(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signal(child.pid, 'SIGKILL'), 5_000);
  await gone;
  clearTimeout(timer);
  // An extension host that outlived its server is still in the group.
  signal(child.pid, 'SIGKILL');
}

function signal(group: number | undefined, name: NodeJS.Signals): void {
  try {
    if (group !== undefined) process.kill(-group, name);
  } catch {
    // Nobody is left in the group.
  }
}

/** Only into a new profile: in a lasting one the settings are its user's. */
async function writeSettings(options: ServeOptions): Promise<void> {
  const path = join(options.profile, 'data/User/settings.json');
  await writeFile(path, JSON.stringify(settings(options), null, 2), { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
}

/** Without an entry for the locale VS Code falls back to English, for extensions too; an empty translation will do. */
async function writeLanguagePack(profile: string, locale: string): Promise<void> {
  const translations = join(profile, 'data/empty-translations.json');
  await writeFile(translations, '{ "contents": {} }');
  const extensions = [{ extensionIdentifier: { id: `empty.${locale}` }, version: '1.0.0' }];
  const pack = { hash: 'empty', extensions, translations: { vscode: translations }, label: locale };
  await writeFile(join(profile, 'data/languagepacks.json'), JSON.stringify({ [locale]: pack }));
}

function settings(options: ServeOptions): Readonly<Record<string, unknown>> {
  const trust = {
    'security.workspace.trust.enabled': options.workspaceTrust === true,
    // Restricted Mode at once, instead of a question that covers the window.
    'security.workspace.trust.startupPrompt': 'never',
  };
  return { ...quiet, ...trust, ...options.settings };
}

/** No sign-ins, no welcome, no queries to a marketplace: what is on the screen comes from the files and from Headroom. */
const quiet: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // As on the desktop; a page saves by itself unless told.
  'files.autoSave': 'off',
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'workbench.colorTheme': 'Dark Modern',
};
