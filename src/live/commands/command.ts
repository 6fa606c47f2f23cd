import type { Result } from '../../base/result.ts';

/** A program with its arguments, each exactly as the program shall see it. Nobody but `shellLine` quotes. */
export type Argv = readonly [string, ...string[]];

/** One remote command as data: what to run, how long and how much it may say, and what its output means. */
export interface RemoteCommand<T> {
  readonly argv: Argv;
  /** Fed on standard input, which is then closed. */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly timeoutMs?: number;
  /** Of standard output and standard error, each. */
  readonly maxBytes?: number;
  /** `any` hands every exit code to the parser; else only 0 gets there. */
  readonly exits?: 'any';
  /** Pure. The reason of a failure is for the developer, in English, without the output in it. */
  parse(output: CommandOutput): Result<T, string>;
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined when a signal ended the program. */
  readonly exitCode?: number;
}

/** A constant program for the host's shell, fed on standard input of one `sh -s`. Values travel as arguments. */
export interface RemoteScript {
  readonly name: string;
  readonly text: string;
  readonly args?: readonly string[];
  /** Leaves standard input open after the script, so that the program can be talked to and notices our end. */
  readonly keepInput?: boolean;
}

export const DEFAULT_COMMAND_TIMEOUT_MS = 15_000;
export const DEFAULT_COMMAND_BYTES = 1024 * 1024;

/** A script that runs to its end as a command. */
export function scriptCommand<T>(script: RemoteScript, parse: RemoteCommand<T>['parse'], timeoutMs?: number): RemoteCommand<T> {
  return {
    argv: scriptArgv(script),
    input: script.text,
    parse,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

export function scriptArgv({ args = [] }: RemoteScript): Argv {
  return args.length === 0 ? ['sh', '-s'] : ['sh', '-s', '--', ...args];
}
