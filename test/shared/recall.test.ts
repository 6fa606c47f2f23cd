import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/analysis/check-stack.ts';
import * as dockerfile from '../../src/analysis/dockerfile/check-dockerfiles.ts';
import { Documents } from '../../src/analysis/documents/compose/resolve.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import * as postgres from '../../src/analysis/postgres/check-postgres.ts';
import type { Finding } from '../../src/analysis/rules/rule.ts';
import { composeFile, filesOf, nothingKnown } from '../analysis/rules/check-text.ts';
import { composeCorpus, type CorpusFile } from './compose-corpus.ts';
import { defects, type Defect, type Seeded } from './defects.ts';
import { sharedFolder } from './shared-folder.ts';

/** How many of each kind. */
const TIMES = 2;

const corpus =
  sharedFolder === undefined
    ? []
    : composeCorpus(sharedFolder).filter(({ accepted, text }) => accepted === 'ok' && !text.includes('\r'));

interface Case {
  readonly file: CorpusFile;
  readonly defect: Defect;
  readonly seeded: Seeded;
}

describe.runIf(sharedFolder)('defects in files that Compose accepts', () => {
  const cases = defects.flatMap(casesOf);

  it('are a hundred', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });

  it('are found, by the right rule, in the right place, in 95 of 100 cases', () => {
    const missed = cases.filter(({ defect, seeded }) => !isFound(defect, seeded));
    const names = missed.map(({ defect, file }) => `${defect.rules.join('/')}: ${defect.name} in ${file.path}`);
    expect(missed.length / cases.length, names.join('\n')).toBeLessThanOrEqual(0.05);
  });

  it('are the reason for the finding: the files are not told it without them', () => {
    const counted = (text: string, { rules, board }: Defect) =>
      check(text, board).filter(({ rule }) => rules.includes(rule)).length;
    const found = cases.filter(({ defect, seeded }) => isFound(defect, seeded));
    const told = found.filter(({ defect, file, seeded }) => counted(file.text, defect) >= counted(seeded.text, defect));
    expect(told.map(({ defect, file }) => `${defect.name} in ${file.path}`)).toEqual([]);
  });
});

/** Files from all over the corpus, the same ones each time. */
function casesOf(defect: Defect): Case[] {
  const places = corpus.flatMap((file) => {
    const seeded = defect.seed(file.text);
    return seeded === undefined ? [] : [{ file, defect, seeded }];
  });
  const step = Math.max(1, Math.floor(places.length / TIMES));
  return places.filter((_, at) => at % step === Math.floor(step / 2)).slice(0, TIMES);
}

function isFound({ rules, board, anywhere }: Defect, { text, start, end }: Seeded): boolean {
  return check(text, board).some(
    ({ rule, span }) =>
      rules.includes(rule) && (anywhere === true || (span.start < end && start < Math.max(span.end, span.start + 1))),
  );
}

function check(text: string, board: string | undefined): readonly Finding[] {
  return checkStack({
    stack: { files: [composeFile], environment: new Map(), profiles: [] },
    documents: new Documents(filesOf({ 'compose.yml': text })),
    judgement: {
      surroundings: { ...nothingKnown, board: board === undefined ? undefined : boardById(board) },
      rules: new Map(),
      project: undefined,
    },
    parts: { postgres, dockerfile },
  }).findings;
}
