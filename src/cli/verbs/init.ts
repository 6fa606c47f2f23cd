import { existsSync, writeFileSync } from 'node:fs';
import { boardById } from '../../analysis/memory/boards.ts';
import { PROJECT_NAME } from '../../analysis/documents/project/find-project.ts';
import { message } from '../../base/message.ts';
import { joinPath } from '../../base/path.ts';
import { fileId } from '../../base/span.ts';
import { text } from '../text.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

export const init: Verb = {
  name: 'init',
  summary: text.initSummary,
  usage: 'headroom init --board ID|SIZE',
  options: {},
  run(call, terminal) {
    const board = textOption(call, 'board');
    if (board === undefined) throw new UsageError(message(text.initNeedsBoard));
    if (boardById(board) === undefined) throw new UsageError(message(text.unknownBoard, { board }));
    const path = joinPath(fileId(terminal.workingDirectory), PROJECT_NAME);
    // Somebody's own file is never written over.
    if (existsSync(path)) throw new UsageError(message(text.initExists, { path: PROJECT_NAME }));
    writeFileSync(path, content(board));
    terminal.say(message(text.initDone, { path: PROJECT_NAME }));
    return 0;
  },
};

function content(board: string): string {
  return `version: 1
board: ${board}
# What the system takes: lite, desktop, ubuntu, dietpi, brief, or { size: 180M }.
reserve: { system: lite }
# stacks: [{ name: shop, files: [compose.yml, compose.prod.yml] }]
# rules: { hardening: warning }
`;
}
