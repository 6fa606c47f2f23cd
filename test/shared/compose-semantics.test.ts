import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inCaseForm, readCases, refuses } from '../oracle/compose/case.ts';
import { ourAnswer } from '../oracle/compose/our-answer.ts';
import { sharedFolder } from './shared-folder.ts';

describe.runIf(sharedFolder)('what docker compose made of the development cases', () => {
  const cases = sharedFolder === undefined ? [] : readCases(join(sharedFolder, 'corpus/compose-semantics-dev.json'));

  it.each(cases.map((one) => [`${one.kind}: ${one.name}`, one] as const))('%s', (_name, one) => {
    const answer = inCaseForm(one, ourAnswer(one));
    if (refuses(one.expect)) expect(answer).toHaveProperty('error');
    else expect(answer).toEqual(one.expect);
  });
});
