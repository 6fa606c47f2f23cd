import type { Wishes } from '../analysis/judgement.ts';
import { boardById } from '../analysis/memory/boards.ts';
import { reserveOf } from '../analysis/memory/reserve.ts';
import { text as report } from '../analysis/memory/report/text.ts';
import { message } from '../base/message.ts';
import { text } from './text.ts';
import { textOption, UsageError, type Call } from './verb.ts';

/** The flags by which stacks are judged. What can't be read is misuse, not a wish that is passed over. */
export function wishes(call: Call): Wishes {
  const board = textOption(call, 'board');
  if (board !== undefined && boardById(board) === undefined) throw new UsageError(message(text.unknownBoard, { board }));
  const reserve = textOption(call, 'reserve');
  if (reserve !== undefined && reserveOf(reserve) === undefined)
    throw new UsageError(message(report.unknownReserve, { reserve }));
  return { board, reserve, agents: agentsAsked(call) };
}

function agentsAsked(call: Call): number | undefined {
  const value = textOption(call, 'agents');
  if (value === undefined) return undefined;
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 20) throw new UsageError(message(report.badAgents, { value }));
  return count;
}
