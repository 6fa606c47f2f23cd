import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/analysis/check-stack.ts';
import * as dockerfile from '../../src/analysis/dockerfile/check-dockerfiles.ts';
import { Documents } from '../../src/analysis/documents/compose/resolve.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import * as postgres from '../../src/analysis/postgres/check-postgres.ts';
import type { Finding } from '../../src/analysis/rules/rule.ts';
import { render } from '../../src/base/message.ts';
import type { Span } from '../../src/base/span.ts';
import { composeFile, filesOf, nothingKnown } from '../analysis/rules/check-text.ts';
import { composeCorpus } from './compose-corpus.ts';
import { mutated, mutation } from './mutations.ts';
import { sharedFolder } from './shared-folder.ts';

/** As many as fit into half a minute of a busy machine; more where somebody waits for them. */
const RUNS = Number(process.env.HEADROOM_RUNS ?? (process.env.CI === undefined ? 2_000 : 15_000));
const corpus = sharedFolder === undefined ? [] : composeCorpus(sharedFolder).filter(({ text }) => text.length < 20_000);

const PROJECT = { Dockerfile: 'FROM node:22\nCMD npm run dev\n', 'postgresql.conf': "shared_buffers = 64MB\nwork_mem = 'x\n" };

describe.runIf(sharedFolder)('a damaged file of the corpus', () => {
  it(`never makes a rule throw, whatever the board (${RUNS} times)`, () => {
    fc.assert(
      fc.property(
        fc.nat(corpus.length),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(undefined, 'pi-zero-2w', '768M'),
        (pick, mutations, board) => {
          const text = mutations.reduce(mutated, corpus[pick % corpus.length]?.text ?? '');
          for (const finding of check(text, board)) {
            if (finding.span.file !== composeFile) continue;
            expectWithin(finding, text);
          }
        },
      ),
      { numRuns: RUNS },
    );
  }, 300_000);

  it('knows the boards that it is tried with', () => {
    expect([boardById('pi-zero-2w'), boardById('768M')]).not.toContain(undefined);
  });
});

function check(text: string, board: string | undefined): readonly Finding[] {
  return checkStack({
    stack: { files: [composeFile], environment: new Map(), profiles: [] },
    documents: new Documents(filesOf({ ...PROJECT, 'compose.yml': text })),
    judgement: {
      surroundings: { ...nothingKnown, board: board === undefined ? undefined : boardById(board) },
      rules: new Map(),
      project: undefined,
    },
    parts: { postgres, dockerfile },
  }).findings;
}

/** Every place lies in the text, and every message has its words. */
function expectWithin({ rule, span, message, related, fixes }: Finding, text: string): void {
  render(message);
  const edits = fixes.flatMap(({ title, edits: each }) => {
    render(title);
    return each.map((edit) => edit.span);
  });
  for (const each of [span, ...related.map((one) => one.span), ...edits])
    if (each.file === composeFile && !lies(each, text)) expect({ rule, each }).toBe(`within ${text.length}`);
}

function lies({ start, end }: Span, text: string): boolean {
  return start >= 0 && start <= end && end <= text.length;
}
