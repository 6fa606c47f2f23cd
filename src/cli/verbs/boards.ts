import { message } from '../../base/message.ts';
import { boards as all } from '../../analysis/memory/boards.ts';
import { budgetFor, type Board } from '../../analysis/memory/budget.ts';
import { defaultReserve, reserveOf, type Reserve } from '../../analysis/memory/reserve.ts';
import { alignedTable } from '../../analysis/memory/report/table.ts';
import { text } from '../../analysis/memory/report/text.ts';
import { size } from '../../analysis/memory/report/wording.ts';
import { textOption, UsageError, type Call, type Terminal, type Verb } from '../verb.ts';

export const boards: Verb = {
  name: 'boards',
  summary: text.boardsSummary,
  usage: 'headroom boards [--reserve lite|desktop|ubuntu|dietpi|brief|SIZE] [--json]',
  options: { reserve: { type: 'string' } },
  run(call, terminal) {
    const reserve = reserveFrom(call) ?? defaultReserve;
    if (textOption(call, 'format') === 'json')
      terminal.out(`${JSON.stringify({ version: 1, boards: all.map((board) => asJson(board, reserve)) }, null, 2)}\n`);
    else terminal.out(`${alignedTable(rows(reserve, terminal), [0, 1, 4, 5]).join('\n')}\n`);
    return 0;
  },
};

export function reserveFrom(call: Call): Reserve | undefined {
  const written = textOption(call, 'reserve');
  const reserve = written === undefined ? undefined : reserveOf(written);
  if (written !== undefined && reserve === undefined) throw new UsageError(message(text.unknownReserve, { reserve: written }));
  return reserve;
}

function asJson(board: Board, reserve: Reserve): unknown {
  const { available, parts } = budgetFor(board, reserve, 0);
  const { id, name, installed, memTotal, memTotalFrom, cores, architectures, pageSize, armv82 } = board;
  return { id, name, installed, memTotal, memTotalFrom, cores, architectures, pageSize, armv82, budget: available, parts };
}

function rows(reserve: Reserve, terminal: Terminal): string[][] {
  const head = [text.board, text.runs, text.memory, text.budget, text.pages, text.from].map(terminal.translate);
  return [
    head,
    ...all.map((board) => [
      board.id,
      board.architectures.join(', '),
      size(board.memTotal),
      size(budgetFor(board, reserve, 0).available),
      size(board.pageSize),
      terminal.translate(board.memTotalFrom === 'reported' ? text.reported : text.derived),
    ]),
  ];
}
