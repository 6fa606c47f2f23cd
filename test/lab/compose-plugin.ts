import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
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
const AT_ONCE = 2;
const CACHE = join(import.meta.dirname, '../../.cache/lab');
/** Raised when the form of a kept answer changes. */
const FORM = 5;
/** Deep enough for every `../..` that a question climbs. */
const ABOVE = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * The real `docker compose`, as a function; undefined where it neither is nor can be installed. `config` needs
 * no daemon. HEADROOM_COMPOSE names a binary to use instead; with HEADROOM_COMPOSE=none there is no tool. Answers
 * are kept in the ignored cache: the tool costs 30 ms a question, and thousands of questions are asked.
 */
export async function findComposeTool(): Promise<ComposeTool | undefined> {
  const binary = await findBinary();
  if (binary === undefined) return undefined;
  const { size } = await stat(binary);
  const atOnce = new Gate(AT_ONCE);
  return (question) => {
    const key = createHash('sha256')
      .update(JSON.stringify([FORM, size, question]))
      .digest('hex');
    return kept(join(CACHE, 'answers', key.slice(0, 2), `${key}.json`), () => atOnce.run(() => ask(binary, question)));
  };
}

async function findBinary(): Promise<string | undefined> {
  const named = process.env.HEADROOM_COMPOSE;
  if (named === 'none') return undefined;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return installCompose(CACHE);
}

async function kept(path: string, find: () => Promise<ComposeAnswer>): Promise<ComposeAnswer> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ComposeAnswer;
  } catch {
    const answer = await find();
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(answer));
    return answer;
  }
}

/** Lets so many run at a time and no more. */
class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

/**
 * Runs in a folder called `w` of its own, whose path the answer shows as `/w`: project name and paths are the same
 * everywhere. The tool doubles every dollar sign it prints, keys included; that is undone.
 */
async function ask(binary: string, question: ComposeQuestion): Promise<ComposeAnswer> {
  const root = await mkdtemp(join(quietFolder(), 'headroom-compose-'));
  const folder = join(root, ...ABOVE, 'w');
  try {
    await writeFiles(folder, question.files);
    const answer = await run(binary, commandLine(question), folder, { ...question.env });
    return 'error' in answer
      ? { error: asIfAtTheTop(answer.error, root) }
      : { json: JSON.parse(asIfAtTheTop(answer.text, root).replaceAll('$$', '$')) as unknown };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** The tool looks for Compose files in all folders above: where somebody left one, it would find that. */
function quietFolder(): string {
  return [tmpdir(), '/var/tmp', CACHE].find((folder) => !foldersUpwards(folder).some(holdsComposeFile)) ?? tmpdir();
}

function foldersUpwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersUpwards(above)];
}

function holdsComposeFile(folder: string): boolean {
  return ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'].some((name) =>
    existsSync(join(folder, name)),
  );
}

/** Nothing lies above `/`, so every folder above ours is shown as that. */
function asIfAtTheTop(text: string, root: string): string {
  let shown = text;
  for (let depth = ABOVE.length; depth >= 0; depth--) {
    const above = [root, ...ABOVE.slice(0, depth)].join('/');
    shown = shown.replaceAll(`${above}/`, '/').replaceAll(above, '/');
  }
  return shown;
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
      else resolve({ error: error.killed === true ? 'timed out' : withoutWarnings(stderr) || error.message });
    });
  });
}

function withoutWarnings(output: string): string {
  const lines = output.split('\n').filter((line) => !/^time="[^"]*" level=warning/.test(line));
  return lines.join('\n').trim();
}
