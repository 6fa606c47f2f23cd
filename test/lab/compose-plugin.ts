import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installCompose } from './install-compose.ts';

/** One question to `docker compose config`: files by name, the `-f` order, and the whole environment. */
export interface ComposeQuestion {
  readonly files: Readonly<Record<string, string>>;
  /** Empty or absent: Compose discovers the files itself. */
  readonly order?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly profiles?: readonly string[] | undefined;
  readonly envFiles?: readonly string[] | undefined;
}

export type ComposeAnswer = { readonly json: unknown } | { readonly error: string };

export type ComposeTool = (question: ComposeQuestion) => Promise<ComposeAnswer>;

/** A tool that hangs (it does on alias bombs) counts as one that refuses. */
const PATIENCE_MS = 20_000;

/**
 * The real `docker compose`, as a function; undefined where it neither is nor can be installed. `config` needs
 * no daemon. HEADROOM_COMPOSE names a binary to use instead; with HEADROOM_COMPOSE=none there is no tool.
 */
export async function findComposeTool(): Promise<ComposeTool | undefined> {
  const binary = await findBinary();
  return binary === undefined ? undefined : (question) => ask(binary, question);
}

async function findBinary(): Promise<string | undefined> {
  const named = process.env.HEADROOM_COMPOSE;
  if (named === 'none') return undefined;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return installCompose(join(import.meta.dirname, '../../.cache/lab'));
}

/** Runs in a folder called `w` of its own, whose path the answer shows as `/w`: project name and paths are the same everywhere. */
async function ask(binary: string, question: ComposeQuestion): Promise<ComposeAnswer> {
  const above = await mkdtemp(join(tmpdir(), 'headroom-compose-'));
  const folder = join(above, 'w');
  try {
    await writeFiles(folder, question.files);
    const answer = await run(binary, commandLine(question), folder, { ...question.env });
    return 'error' in answer
      ? { error: answer.error.replaceAll(folder, '/w') }
      : { json: JSON.parse(answer.text.replaceAll(folder, '/w')) as unknown };
  } finally {
    await rm(above, { recursive: true, force: true });
  }
}

function commandLine({ order = [], profiles = [], envFiles = [] }: ComposeQuestion): string[] {
  return [
    ...order.flatMap((file) => ['-f', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
    ...envFiles.flatMap((file) => ['--env-file', file]),
    ...['config', '--format', 'json'],
  ];
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

function run(binary: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ text: string } | { error: string }> {
  const options = { cwd, env, timeout: PATIENCE_MS, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const;
  return new Promise((resolve) => {
    execFile(binary, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ text: stdout });
      else resolve({ error: error.killed === true ? 'timed out' : stderr.trim() || error.message });
    });
  });
}
