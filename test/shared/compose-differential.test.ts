import { describe, expect, it } from 'vitest';
import { findComposeTool } from '../lab/compose-plugin.ts';
import { asFragment } from '../oracle/compose/case.ts';
import { ourAnswer } from '../oracle/compose/our-answer.ts';
import { askAlone, composeCorpus } from './compose-corpus.ts';
import { knownDifferences } from './compose-differences.ts';
import { sharedFolder } from './shared-folder.ts';

const tool = await findComposeTool();
const corpus = sharedFolder === undefined ? [] : composeCorpus(sharedFolder);

/*
 * Every file of the corpus, resolved by us and by the tool: the same project, field by field, or refused by both.
 * What is known to differ is listed with its reason, and has to differ, so that the list can only shrink.
 */
describe.runIf(sharedFolder !== undefined && tool !== undefined)('the corpus, resolved as docker compose does', () => {
  it.each(corpus.map((file) => [file.path, file] as const))(
    '%s',
    async (path, { text }) => {
      const { question, answer } = await askAlone(tool!, text);
      const ours = ourAnswer(question);
      const expected = 'error' in answer ? { refused: true } : asFragment(answer.json);
      const actual = 'error' in ours ? { refused: true } : asFragment(ours.json);
      if (knownDifferences.has(path)) expect(actual).not.toEqual(expected);
      else expect(actual, 'error' in ours ? ours.error : 'error' in answer ? answer.error : '').toEqual(expected);
    },
    120_000,
  );
});
