import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { render, type Translate } from '../base/message.ts';
import german from '../../l10n/bundle.l10n.de.json' with { type: 'json' };
import type { Terminal } from './verb.ts';

/** The process as verbs see it. This file and `main.ts` alone touch it. */
export function processTerminal(color: string | undefined, signal: AbortSignal): Terminal {
  const environment = new Map(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
  const translate = translation(environment);
  return {
    workingDirectory: process.cwd().replaceAll('\\', '/'),
    environment,
    color: color === 'always' || (color !== 'never' && process.stdout.isTTY && !environment.has('NO_COLOR')),
    interactive: process.stdout.isTTY,
    columns: process.stdout.isTTY ? process.stdout.columns : 100,
    translate,
    signal,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    say: (message) => void process.stderr.write(`${render(message, translate)}\n`),
    readStdin,
    ...(process.stdin.isTTY && process.stderr.isTTY ? { ask: askPerson } : {}),
  };
}

/** As gettext decides: the first of these that is set. */
export function translation(environment: ReadonlyMap<string, string>): Translate {
  const language = environment.get('LC_ALL') ?? environment.get('LC_MESSAGES') ?? environment.get('LANG') ?? '';
  if (!/^de(?:[_.@]|$)/i.test(language)) return (english) => english;
  const words: Readonly<Record<string, string>> = german;
  return (english) => words[english] ?? english;
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** On stderr, because stdout may be going into a file. */
function askPerson(question: string, hidden: boolean): Promise<string | undefined> {
  // readline echoes through its output, so an output that swallows everything hides what is typed.
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  process.stderr.write(`${question} `);
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  return new Promise((resolve) => {
    reader.once('line', (line) => {
      resolve(line);
      reader.close();
    });
    reader.once('SIGINT', () => reader.close());
    reader.once('close', () => {
      if (hidden) process.stderr.write('\n');
      resolve(undefined);
    });
  });
}
