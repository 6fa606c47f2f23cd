import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { boardById } from '../../src/analysis/memory/boards.ts';
import { loadRules } from '../../src/build/load-rules.ts';
import { LineIndex } from '../../src/base/position.ts';
import { checkText } from '../analysis/rules/check-text.ts';

/*
 * Stacks as people write them for a Pi. `#! rule` at the end of a line says that the rule finds something that
 * begins there, or on the next line if it stands alone; a file without marks has no findings. `# board: …` in the first line names the board.
 */

const folder = join(import.meta.dirname, 'stacks');
const stacks = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe.each(stacks)('$name', ({ text }) => {
  it('has the findings that are marked in it, and no others', () => {
    expect(foundIn(text)).toEqual(markedIn(text));
  });
});

describe('the corpus', () => {
  it('exercises every rule for Compose files that needs nothing but them', async () => {
    const marked = new Set(stacks.flatMap(({ text }) => markedIn(text).map((mark) => mark.split(' ')[1])));
    const rules = (await loadRules()).filter(({ folder: kind }) => kind === 'compose').map(({ id }) => id);
    expect(rules.filter((id) => !marked.has(id) && !NEEDS_MORE.includes(id))).toEqual([]);
  });
});

/** A connected host, or the ports that `headroom.yaml` keeps for agents. */
const NEEDS_MORE = ['limit-not-enforced', 'agent-port-collision'];

function foundIn(text: string): string[] {
  const board = /^# board: (\S+)/.exec(text)?.[1];
  const index = new LineIndex(text);
  const { findings } = checkText(text, { surroundings: { board: board === undefined ? undefined : boardById(board) } });
  return findings.map(({ rule, span }) => `${index.position(span.start).line + 1} ${rule}`).sort();
}

function markedIn(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, at) => {
      // Alone on its line a mark speaks of the next one, which may be a comment itself.
      const marked = /^\s*#!/.test(line) ? at + 2 : at + 1;
      return [...line.matchAll(/#! ([a-z0-9-]+)/g)].map((mark) => `${marked} ${mark[1] ?? ''}`);
    })
    .sort();
}
