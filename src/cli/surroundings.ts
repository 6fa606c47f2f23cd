import { boardById } from '../analysis/memory/boards.ts';
import { defaultReserve } from '../analysis/memory/reserve.ts';
import type { Surroundings } from '../analysis/rules/surroundings.ts';
import { message } from '../base/message.ts';
import { text } from './text.ts';
import { textOption, UsageError, type Call } from './verb.ts';

/** What the flags say about the world around the files. */
export function surroundingsOf(call: Call): Surroundings {
  const id = textOption(call, 'board');
  const board = id === undefined ? undefined : boardById(id);
  if (id !== undefined && board === undefined) throw new UsageError(message(text.unknownBoard, { board: id }));
  return { board, reserve: defaultReserve, host: undefined, agents: 1, importance: new Map() };
}
