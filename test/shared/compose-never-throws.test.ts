import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/analysis/documents/compose/model.ts';
import { projectJson } from '../../src/analysis/documents/compose/project-json.ts';
import type { Span } from '../../src/base/span.ts';
import { ourStack } from '../oracle/compose/our-answer.ts';
import { composeCorpus } from './compose-corpus.ts';
import { mutated, mutation } from './mutations.ts';
import { sharedFolder } from './shared-folder.ts';

/** Ten thousand where there is time; a thousand while somebody waits. */
const RUNS = process.env.CI === undefined ? 1_000 : 10_000;
const corpus = sharedFolder === undefined ? [] : composeCorpus(sharedFolder).filter(({ text }) => text.length < 20_000);

describe.runIf(sharedFolder)('a damaged file of the corpus', () => {
  it(`never makes resolving throw, and every place lies in its file (${RUNS} times)`, () => {
    fc.assert(
      fc.property(fc.nat(corpus.length), fc.array(mutation, { minLength: 1, maxLength: 6 }), (pick, mutations) => {
        const text = mutations.reduce(mutated, corpus[pick % corpus.length]?.text ?? '');
        const stack = ourStack({ files: { 'compose.yaml': text }, order: ['compose.yaml'], env: { A: '1' } });
        for (const problem of stack?.problems ?? []) within(problem.span, text);
        if (stack !== undefined) {
          everyPlace(stack.tree, text);
          for (const { memory, nameSpan } of stack.services)
            [nameSpan, ...(memory.limit?.spans ?? [])].forEach((span) => within(span, text));
          JSON.stringify(projectJson(stack));
        }
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});

function everyPlace(value: Value, text: string): void {
  if (value.kind === 'scalar') value.located.spans.forEach((span) => within(span, text));
  else value.spans.forEach((span) => within(span, text));
  if (value.kind === 'list') for (const item of value.items) everyPlace(item, text);
  if (value.kind !== 'map') return;
  for (const { key, value: inner } of value.entries.values()) {
    within(key, text);
    everyPlace(inner, text);
  }
}

/** Compared by hand: a matcher for each of some hundred spans a run would cost more than resolving. */
function within({ file, start, end }: Span, text: string): void {
  if (file !== '/w/compose.yaml' || start < 0 || start > end || end > text.length)
    expect({ file, start, end }).toBe(`within ${text.length}`);
}
