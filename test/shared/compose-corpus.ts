import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComposeAnswer, ComposeQuestion, ComposeTool } from '../lab/compose-plugin.ts';

/** A file of the corpus and whether `docker compose` takes it when it stands alone (`ok`) or why not. */
export interface CorpusFile {
  readonly path: string;
  readonly text: string;
  readonly accepted: string;
}

export function composeCorpus(shared: string): readonly CorpusFile[] {
  const corpus = join(shared, 'corpus');
  const accepts = JSON.parse(readFileSync(join(corpus, 'compose-accepts.json'), 'utf8')) as Readonly<Record<string, string>>;
  return Object.entries(accepts).map(([path, accepted]) => ({ path, accepted, text: readFileSync(join(corpus, path), 'utf8') }));
}

/** Enough for every file of the corpus; each round supplies one thing that the tool misses. */
const ROUNDS = 60;

/** Asks the tool about the file alone, with a stand-in for each variable and file of variables that it demands. */
export async function askAlone(tool: ComposeTool, text: string): Promise<{ question: ComposeQuestion; answer: ComposeAnswer }> {
  let question: ComposeQuestion = { files: { 'compose.yaml': text }, order: ['compose.yaml'], env: {} };
  for (let round = 0; ; round++) {
    const answer = await tool(question);
    const next = 'error' in answer && round < ROUNDS ? withStandIn(question, answer.error) : undefined;
    if (next === undefined) return { question, answer };
    question = next;
  }
}

function withStandIn(question: ComposeQuestion, error: string): ComposeQuestion | undefined {
  const variable = /required variable (\w+) is missing/.exec(error)?.[1];
  if (variable !== undefined) return { ...question, env: { ...question.env, [variable]: 'stand-in' } };
  const file = /(?:env file|stat|open) \/w\/(\S+?\.env|\S+?)(?: not found|: no such file)/.exec(error)?.[1];
  if (file === undefined || !error.includes('env') || file in question.files) return undefined;
  return { ...question, files: { ...question.files, [file]: '' } };
}
