import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseFiles, inCaseForm, readCases, refuses } from './case.ts';
import { ourAnswer } from './our-answer.ts';

describe.each(caseFiles().map((path) => [basename(path, '.json'), path]))(
  'resolved as docker compose resolves it: %s',
  (_kind, path) => {
    it.each(readCases(path).map((one) => [one.name, one] as const))('%s', (_name, one) => {
      const answer = inCaseForm(one, ourAnswer(one));
      if (refuses(one.expect)) expect(answer).toHaveProperty('error');
      else expect(answer).toEqual(one.expect);
    });
  },
);
