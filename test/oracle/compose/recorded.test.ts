import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findComposeTool } from '../../lab/compose-plugin.ts';
import { caseFiles, inCaseForm, readCases, refuses } from './case.ts';

const tool = await findComposeTool();

describe.runIf(tool)('what is recorded is what docker compose says', () => {
  it.each(caseFiles().map((path) => [basename(path, '.json'), path]))(
    '%s',
    async (_kind, path) => {
      const cases = readCases(path);
      const answers = await Promise.all(cases.map(async (one) => inCaseForm(one, await tool!(one))));
      for (const [index, one] of cases.entries()) {
        const answer = answers[index];
        // Error texts hold the order of Go's maps: that there is one is what counts.
        if (refuses(one.expect)) expect(refuses(answer), one.name).toBe(true);
        else expect(answer, one.name).toEqual(one.expect);
      }
    },
    120_000,
  );
});
