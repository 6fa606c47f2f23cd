import { parseDockerfile } from '../../analysis/documents/dockerfile/dockerfile.ts';
import { Documents, resolveStack } from '../../analysis/documents/compose/resolve.ts';
import type { Stack } from '../../analysis/documents/compose/model.ts';
import type { FileReader } from '../../analysis/documents/source.ts';
import { judgementFor } from '../../analysis/judgement.ts';
import { asJson } from '../../analysis/memory/report/json.ts';
import { asMarkdown, asText } from '../../analysis/memory/report/print.ts';
import { budgetReport, type BudgetReport } from '../../analysis/memory/report/report.ts';
import { text } from '../../analysis/memory/report/text.ts';
import { stackMemory } from '../../analysis/memory/stack-memory.ts';
import { message, render } from '../../base/message.ts';
import { LineIndex } from '../../base/position.ts';
import type { Span } from '../../base/span.ts';
import { askedStacks, stackOptions, type Asked, type AskedStack } from '../asked-stacks.ts';
import { shown } from '../targets.ts';
import { textOption, UsageError, type Call, type ExitCode, type Terminal, type Verb } from '../verb.ts';
import { wishes } from '../wishes.ts';

/** How many agents the matrix counts where nobody names a number. */
const MOST_AGENTS = 4;

export const budget: Verb = {
  name: 'budget',
  summary: text.budgetSummary,
  usage:
    'headroom budget [FILE|FOLDER…] [-f FILE…] [--board ID|SIZE] [--reserve SYSTEM|SIZE] [--agents N] [--profile P…] [--env-file F] [--format text|json|markdown] [- --stdin-filename NAME]',
  options: { ...stackOptions, reserve: { type: 'string' }, agents: { type: 'string' } },
  async run(call, terminal): Promise<ExitCode> {
    const format = textOption(call, 'format') ?? 'text';
    if (!['text', 'json', 'markdown'].includes(format)) throw new UsageError(message(text.unknownBudgetFormat, { format }));
    const asked = await askedStacks(call, terminal);
    const answers = asked.stacks.map((each) => answer(each, asked, call, terminal));
    for (const line of answers.flatMap(({ unread }) => unread)) terminal.err(`${line}\n`);
    const reports = answers.map(({ report }) => report);
    if (reports.some(({ chosen }) => chosen === undefined)) terminal.say(message(text.noBoard));
    terminal.out(printed(reports, format, terminal));
    return answers.some(({ unread }) => unread.length > 0) ? 1 : exitCode(reports);
  },
};

function answer({ request, project }: AskedStack, { disk, cache }: Asked, call: Call, terminal: Terminal) {
  const documents = new Documents(disk, cache);
  const flags = wishes(call);
  const [file] = request.files;
  if (file === undefined) throw new UsageError(message(text.noBoard));
  const { surroundings } = judgementFor({ file, flags, project, settings: {} });
  const { board, reserve } = surroundings;
  const stack = resolveStack(request, documents);
  const services = stackMemory(stack, { board, files: documents, dockerfile: parseDockerfile });
  const place = placesIn(documents, terminal);
  const title = request.files.map((each) => shown(each, terminal)).join(' + ');
  const most = flags.agents ?? project?.agents?.max ?? MOST_AGENTS;
  return {
    report: budgetReport({ stack: title, services, board, reserve, most, place }),
    unread: unreadable(stack, place, terminal),
  };
}

/** What keeps a file from being read at all; everything else that is wrong with a stack is for `check` to say. */
function unreadable({ problems }: Stack, place: (span: Span) => string, terminal: Terminal): readonly string[] {
  return problems
    .filter(({ code, refused }) => refused && UNREADABLE.test(code))
    .map((problem) => `${place(problem.span)}: ${render(problem.message, terminal.translate)}`);
}

const UNREADABLE = /^(?:yaml-|file-|not-a-mapping$|empty$)/;

function placesIn(files: FileReader, terminal: Terminal): (span: Span) => string {
  return ({ file, start }) => {
    const reading = files.read(file);
    const name = shown(file, terminal);
    return reading.kind === 'text' ? `${name}:${new LineIndex(reading.source.text).position(start).line + 1}` : name;
  };
}

/** Several stacks are a list; one is itself, as scripts that ask about one file expect. */
function printed(reports: readonly BudgetReport[], format: string, { translate }: Terminal): string {
  const [first, ...others] = reports;
  if (format === 'json')
    return `${JSON.stringify(first !== undefined && others.length === 0 ? asJson(first) : reports.map(asJson), null, 2)}\n`;
  return reports.map((report) => (format === 'markdown' ? asMarkdown : asText)(report, translate)).join('\n');
}

function exitCode(reports: readonly BudgetReport[]): ExitCode {
  const refused = reports.some(({ chosen }) => chosen?.verdict === 'overcommitted' || chosen?.verdict === 'cannot-fit');
  return refused ? 1 : 0;
}
