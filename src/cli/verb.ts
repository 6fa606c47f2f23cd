import type { ParseArgsConfig } from 'node:util';
import type { Message, Translate } from '../base/message.ts';

/** 0 done and clean · 1 answered with a no · 2 misuse, unreadable path, internal error. */
export type ExitCode = 0 | 1 | 2;

/** One verb of `headroom`, in a file of its own under `verbs/`; the table stands in `main.ts`. */
export interface Verb {
  readonly name: string;
  /** What it does, in one line of `headroom --help`. An English template. */
  readonly summary: string;
  /** How it is called, options included; ids of flags are not translated. */
  readonly usage: string;
  /** As `node:util` takes them; the common ones (board, config, format, json, color, help) are added. */
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Set where words after the verb belong to another program's grammar (`postgres value … -c k=v`). */
  readonly raw?: boolean;
  run(call: Call, terminal: Terminal): Promise<ExitCode> | ExitCode;
}

/** What the user typed after the verb. With `raw`, every word is in `words` and `options` is empty. */
export interface Call {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

/** Everything a verb may touch of the world outside. Tests hand in one of their own. */
export interface Terminal {
  readonly workingDirectory: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly color: boolean;
  readonly interactive: boolean;
  readonly columns: number;
  readonly translate: Translate;
  /** Ends with the user's interrupt. */
  readonly signal: AbortSignal;
  out(text: string): void;
  err(text: string): void;
  /** A message in the reader's language, with a line end, to stderr. */
  say(message: Message): void;
  readStdin(): Promise<string>;
  /** Asks a person for a line, unseen where hidden. Missing where nobody sits at the terminal; undefined when they gave up. */
  readonly ask?: (question: string, hidden: boolean) => Promise<string | undefined>;
}

/** Misuse: the caller prints the message and exits with 2. */
export class UsageError extends Error {
  readonly said: Message;

  constructor(said: Message) {
    super(said.template);
    this.said = said;
  }
}

/** One value of an option that takes text. */
export function textOption(call: Call, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** All values of an option that may stand several times. */
export function textOptions(call: Call, name: string): readonly string[] {
  const value = call.options[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : typeof value === 'string' ? [value] : [];
}

export function flag(call: Call, name: string): boolean {
  return call.options[name] === true;
}
