import { checkStack } from '../../src/analysis/check-stack.ts';
import * as dockerfile from '../../src/analysis/dockerfile/check-dockerfiles.ts';
import { Documents, resolveStack, type StackRequest } from '../../src/analysis/documents/compose/resolve.ts';
import type { FileReader } from '../../src/analysis/documents/source.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import { defaultReserve } from '../../src/analysis/memory/reserve.ts';
import * as postgres from '../../src/analysis/postgres/check-postgres.ts';
import { fileId } from '../../src/base/span.ts';

/** What is measured: all that happens between a text and its findings, each time from the text on. */
export interface LintWorks {
  readonly resolve: () => unknown;
  readonly check: () => unknown;
  /** With a board, so that the rules about memory have something to say. */
  readonly checkForBoard: () => unknown;
}

export function lintWorks(text: string): LintWorks {
  const file = fileId('/w/compose.yml');
  const stack: StackRequest = { files: [file], environment: new Map(), profiles: [] };
  const documents = () => new Documents(readerOf(text));
  const checked = (board: string) => () =>
    checkStack({
      stack,
      documents: documents(),
      judgement: {
        surroundings: { board: boardById(board), reserve: defaultReserve, host: undefined, agents: 1, importance: new Map() },
        rules: new Map(),
        project: undefined,
      },
      parts: { postgres, dockerfile },
    }).findings;
  return { resolve: () => resolveStack(stack, documents()), check: checked('none'), checkForBoard: checked('pi-4-2gb') };
}

/** Each time a new text object, for nothing may be remembered. */
function readerOf(text: string): FileReader {
  const source = { file: fileId('/w/compose.yml'), text };
  return { read: (file) => (file === source.file ? { kind: 'text', source } : { kind: 'missing' }) };
}
