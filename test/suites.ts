import { spawnSync } from 'node:child_process';
import { runChecks } from '../src/build/check.ts';
import { buildAll } from '../src/build/bundle.ts';
import { codeServerLacks } from '../src/build/code-server/install.ts';
import { findDesktop } from './host/desktop.ts';
import { runHost, type HostEntry } from './host/run-host.ts';
import { findChromium } from './lab/browser.ts';
import { findComposeTool } from './lab/compose-plugin.ts';
import { enginePossible } from './lab/docker-engine.ts';
import { sharedFolder } from './shared/shared-folder.ts';
import { runVitest } from './vitest-project.ts';

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  /** By name: each is said at the end. */
  readonly skipped: readonly string[];
}

export interface Suite {
  readonly name: string;
  /** What this machine lacks for it, in words for a person; undefined where it can run. */
  lacks(): Promise<string | undefined> | string | undefined;
  /** Not a lack to be mended: what it is about lies beside some clones and not beside others. */
  readonly optional?: true;
  run(): Promise<Outcome>;
}

/** In the order in which they run: what is quick and says most comes first. */
export const suites: readonly Suite[] = [
  { name: 'check', lacks: () => undefined, run: check },
  project('unit', () => undefined),
  project('build', () => undefined),
  { ...project('shared', () => (sharedFolder === undefined ? 'there is no folder ../shared' : undefined)), optional: true },
  project('oracle', async () =>
    (await findComposeTool()) === undefined ? 'no docker compose is there or can be fetched' : undefined,
  ),
  project('pi', piLacks),
  {
    name: 'host',
    lacks: async () => ((await findDesktop()) === undefined ? browserLacks() : undefined),
    run: () => host('node'),
  },
  { name: 'host-web', lacks: browserLacks, run: () => host('web') },
  project('e2e', browserLacks),
];

function project(name: string, lacks: Suite['lacks']): Suite {
  return { name, lacks, run: () => runVitest(name) };
}

async function check(): Promise<Outcome> {
  const results = await runChecks(({ name, passed, said }) => {
    console.log(`  ${passed ? '✓' : '✗'} ${name}`);
    if (!passed) console.log(said.replaceAll(/^/gm, '      '));
  });
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, skipped: [] };
}

async function host(entry: HostEntry): Promise<Outcome> {
  await buildAll();
  const desktop = entry === 'node' ? await findDesktop() : undefined;
  const { passed, skipped, failures } = await runHost({ entry, ...(desktop !== undefined && { desktop }) });
  for (const title of passed) console.log(`  ✓ ${title}`);
  for (const { title, error } of failures) console.log(`  ✗ ${title}\n${error.replaceAll(/^/gm, '      ')}`);
  return { passed: passed.length, failed: failures.length, skipped };
}

function browserLacks(): string | undefined {
  if (findChromium() === undefined) return 'Chromium is not installed (on Debian: apt-get install chromium)';
  return codeServerLacks();
}

async function piLacks(): Promise<string | undefined> {
  if (!(await enginePossible()))
    return 'no Docker engine answers or can be started (on Debian, as root: apt-get install docker.io)';
  const missing = Object.entries(PI_TOOLS).filter(
    ([tool]) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${tool}`]).status !== 0,
  );
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map(([, name]) => name))].join(' ');
  return `${packages} is not installed (on Debian: apt-get install ${packages})`;
}

/** What a test Pi is made of, and the Debian packages that bring it. */
const PI_TOOLS: Readonly<Record<string, string>> = {
  sshd: 'openssh-server',
  dropbear: 'dropbear-bin',
  busybox: 'busybox-static',
};
