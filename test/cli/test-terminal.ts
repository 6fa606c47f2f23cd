import { render } from '../../src/base/message.ts';
import type { Terminal } from '../../src/cli/verb.ts';

/** A terminal that nobody sits at. What was written to it is handed to `out` and `err`. */
export function testTerminal(parts: Partial<Terminal> = {}): Terminal {
  const translate = (english: string): string => english;
  const terminal: Terminal = {
    workingDirectory: '/w',
    environment: new Map(),
    color: false,
    interactive: false,
    columns: 100,
    translate,
    signal: new AbortController().signal,
    out: () => undefined,
    err: () => undefined,
    say: (message) => {
      terminal.err(`${render(message, translate)}\n`);
    },
    readStdin: () => Promise.resolve(''),
    ...parts,
  };
  return terminal;
}
