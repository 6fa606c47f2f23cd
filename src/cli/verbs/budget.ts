import { LineIndex } from '../../base/position.ts';
import { message, render } from '../../base/message.ts';
import type { Span } from '../../base/span.ts';
import { parseDockerfile } from '../../analysis/documents/dockerfile/dockerfile.ts';
import type { FileReader } from '../../analysis/documents/source.ts';
import { boardById } from '../../analysis/memory/boards.ts';
import type { Board } from '../../analysis/memory/budget.ts';
import { defaultReserve, reserveOf } from '../../analysis/memory/reserve.ts';
import { stackMemory } from '../../analysis/memory/stack-memory.ts';
import { asJson } from '../budget/json.ts';
import { asMarkdown, asText } from '../budget/print.ts';
import { budgetReport, type BudgetReport } from '../budget/report.ts';
import { askedStacks, stackOptions, type AskedStack } from '../budget/stacks.ts';
import { text } from '../budget/text.ts';
import { shown } from '../targets.ts';
import { textOption, UsageError, type Call, type ExitCode, type Terminal, type Verb } from '../verb.ts';
import { reserveFrom } from './boards.ts';

export const budget: Verb = {
  name: 'budget',
  summary: text.budgetSummary,
  usage:
    'headroom budget [FILE|FOLDER…] [-f FILE…] [--board ID|SIZE] [--reserve SYSTEM|SIZE] [--agents N] [--profile P…] [--env-file F] [--format text|json|markdown] [- --stdin-filename NAME]',
  options: { ...stackOptions, reserve: { type: 'string' }, agents: { type: 'string' } },
  async run(call, terminal) {
    const format = textOption(call, 'format') ?? 'text';
    if (!['text', 'json', 'markdown'].includes(format)) throw new UsageError(message(text.unknownBudgetFormat, { format }));
    const stacks = await askedStacks(call, terminal);
    const unread = stacks.flatMap((asked) => unreadable(asked, terminal));
    for (const line of unread) terminal.err(`${line}\n`);
    const reports = stacks.map((asked) => reportOn(asked, call, terminal));
    if (reports.some((report) => report.chosen === undefined)) terminal.say(message(text.noBoard));
    terminal.out(printed(reports, format, terminal));
    return unread.length > 0 ? 1 : exitCode(reports);
  },
};

function reportOn({ title, stack, files, project }: AskedStack, call: Call, terminal: Terminal): BudgetReport {
  const board = boardNamed(textOption(call, 'board') ?? project?.board?.value);
  const written = project?.reserve === undefined ? undefined : reserveOf(project.reserve.value);
  const services = stackMemory(stack, { board, files, dockerfile: parseDockerfile });
  const reserve = reserveFrom(call) ?? written ?? defaultReserve;
  const most = agentsAsked(call) ?? project?.agents?.max ?? 4;
  return budgetReport({ stack: title, services, board, reserve, most, place: placesIn(files, terminal) });
}

/** What keeps a file from being read at all; everything else that is wrong with a stack is for `check` to say. */
function unreadable({ stack, files }: AskedStack, terminal: Terminal): readonly string[] {
  const place = placesIn(files, terminal);
  return stack.problems
    .filter(({ code, refused }) => refused && UNREADABLE.test(code))
    .map((problem) => `${place(problem.span)}: ${render(problem.message, terminal.translate)}`);
}

const UNREADABLE = /^(?:yaml-|file-|not-a-mapping$|empty$)/;

function boardNamed(id: string | undefined): Board | undefined {
  const board = id === undefined ? undefined : boardById(id);
  if (id !== undefined && board === undefined) throw new UsageError(message(text.unknownBoard, { board: id }));
  return board;
}

function agentsAsked(call: Call): number | undefined {
  const value = textOption(call, 'agents');
  if (value === undefined) return undefined;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 20) throw new UsageError(message(text.badAgents, { value }));
  return count;
}

function placesIn(files: FileReader, terminal: Terminal): (span: Span) => string {
  return ({ file, start }) => {
    const reading = files.read(file);
    const name = shown(file, terminal);
    return reading.kind === 'text' ? `${name}:${String(new LineIndex(reading.source.text).position(start).line + 1)}` : name;
  };
}

/** Several stacks are a list; one is itself, as scripts that ask about one file expect. */
function printed(reports: readonly BudgetReport[], format: string, { translate }: Terminal): string {
  const [first, ...others] = reports;
  if (format === 'json') {
    return `${JSON.stringify(first !== undefined && others.length === 0 ? asJson(first) : reports.map(asJson), null, 2)}\n`;
  }
  return reports.map((report) => (format === 'markdown' ? asMarkdown : asText)(report, translate)).join('\n');
}

function exitCode(reports: readonly BudgetReport[]): ExitCode {
  const refused = reports.some(({ chosen }) => chosen?.verdict === 'overcommitted' || chosen?.verdict === 'cannot-fit');
  return refused ? 1 : 0;
}
