import { parseArgs } from 'node:util';
import { message, render } from '../base/message.ts';
import { text } from './text.ts';
import { UsageError, type Call, type ExitCode, type Terminal, type Verb } from './verb.ts';
import { boards } from './verbs/boards.ts';
import { budget } from './verbs/budget.ts';
import { check } from './verbs/check.ts';
import { doctor } from './verbs/doctor.ts';
import { explain } from './verbs/explain.ts';
import { fix } from './verbs/fix.ts';
import { init } from './verbs/init.ts';
import { postgres } from './verbs/postgres.ts';
import { resolve } from './verbs/resolve.ts';
import { tune } from './verbs/tune.ts';
import { watch } from './verbs/watch.ts';

const verbs: readonly Verb[] = [check, fix, budget, boards, resolve, explain, postgres, tune, watch, doctor, init];

const COMMON = {
  board: { type: 'string' },
  config: { type: 'string' },
  format: { type: 'string' },
  json: { type: 'boolean' },
  color: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** One run of `headroom`. Never throws: what goes wrong is said, and told by the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...words] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    overview(terminal);
    return name === undefined ? 2 : 0;
  }
  const verb = verbs.find((each) => each.name === name);
  try {
    if (verb === undefined) throw new UsageError(message(text.unknownVerb, { verb: name }));
    const call = parse(verb, words);
    if (call === 'help') {
      terminal.out(`${render(message(text.usage, { usage: verb.usage }), terminal.translate)}\n`);
      return 0;
    }
    return await verb.run(call, terminal);
  } catch (error) {
    terminal.say(error instanceof UsageError ? error.said : message(text.internal, { reason: reasonOf(error) }));
    return 2;
  }
}

function parse(verb: Verb, words: readonly string[]): Call | 'help' {
  if (verb.raw === true) return words.length === 1 && words[0] === '--help' ? 'help' : { words, options: {} };
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { ...COMMON, ...verb.options },
      allowPositionals: true,
    });
    const options = values as Call['options'];
    if (options.help === true) return 'help';
    return { words: positionals, options: options.json === true ? { ...options, format: 'json' } : options };
  } catch (error) {
    throw new UsageError(message(text.badOption, { reason: reasonOf(error) }));
  }
}

function overview(terminal: Terminal): void {
  const say = (template: string): string => terminal.translate(template);
  const width = Math.max(...verbs.map(({ name }) => name.length));
  terminal.out(
    [
      say(text.about),
      '',
      say(text.verbs),
      ...verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${say(summary)}`),
      '',
      say(text.commonOptions),
      say(text.moreHelp),
      '',
    ].join('\n'),
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
