import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkStack } from '../../src/analysis/check-stack.ts';
import * as dockerfile from '../../src/analysis/dockerfile/check-dockerfiles.ts';
import { Documents } from '../../src/analysis/documents/compose/resolve.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import * as mounted from '../../src/analysis/mounted/check-mounted.ts';
import * as postgres from '../../src/analysis/postgres/check-postgres.ts';
import type { Finding } from '../../src/analysis/rules/rule.ts';
import { applyEdits } from '../../src/base/edit.ts';
import { render } from '../../src/base/message.ts';
import { fileId, type FileId } from '../../src/base/span.ts';
import { DiskFiles } from '../../src/cli/disk-files.ts';
import { nothingKnown } from '../analysis/rules/check-text.ts';
import { sharedFolder } from './shared-folder.ts';

/*
 * All rules over files that nobody here wrote. The counts are a snapshot that is read when it changes: a rule that
 * suddenly says more is looked at, file by file, before the new count is taken.
 */

const corpus = join(sharedFolder ?? '', 'corpus');

describe.runIf(sharedFolder !== undefined)('the rules over the corpus', () => {
  const accepts =
    sharedFolder === undefined
      ? {}
      : (JSON.parse(readFileSync(join(corpus, 'compose-accepts.json'), 'utf8')) as Record<string, string>);
  const files = Object.entries(accepts).map(([path, answer]) => ({
    file: fileId(join(corpus, path)),
    accepted: answer === 'ok',
  }));

  it('are quiet on files that Compose accepts while no board is chosen', () => {
    const accepted = files.filter((each) => each.accepted);
    const loud = accepted.filter(({ file }) =>
      check(file).some(({ severity }) => severity === 'error' || severity === 'warning'),
    );
    expect(1 - loud.length / accepted.length).toBeGreaterThan(0.95);
  }, 120_000);

  it.each(['none', 'pi-zero-2w', 'pi-4-2gb'])(
    'say so much for the board %s',
    (board) => {
      const counts = new Map<string, number>();
      for (const { file, accepted } of files) {
        for (const { rule, severity } of check(file, board)) {
          const key = `${rule} ${severity}${accepted ? '' : ', in a file that Compose refuses'}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      }
      expect(Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)))).toMatchSnapshot();
    },
    120_000,
  );

  it('offer fixes after which the file still reads, and the finding is gone', () => {
    const broken: string[] = [];
    for (const { file } of files) broken.push(...brokenFixes(file, 'pi-zero-2w'));
    expect(broken).toEqual([]);
  }, 300_000);
});

function check(file: FileId, board = 'none', disk = new DiskFiles()): readonly Finding[] {
  const surroundings = { ...nothingKnown, board: boardById(board) };
  const { findings } = checkStack({
    stack: { files: [file], environment: new Map(), profiles: [] },
    documents: new Documents(disk),
    judgement: { surroundings, rules: new Map(), project: undefined },
    parts: { postgres, dockerfile, mounted },
  });
  return findings;
}

/** Every fix alone: what is refused after it and was not before, and findings that outlive their fix. */
function brokenFixes(file: FileId, board: string): string[] {
  const before = check(file, board);
  const text = readFileSync(file, 'utf8');
  const refusals = before.filter(isRefusal).length;
  return before.flatMap((finding) =>
    finding.fixes.flatMap(({ title, edits }) => {
      const disk = new DiskFiles([{ file, text: applyEdits(file, text, edits) }]);
      const after = check(file, board, disk);
      const same = (list: readonly Finding[]): number =>
        list.filter(({ rule, message }) => rule === finding.rule && render(message) === render(finding.message)).length;
      const problems = [
        ...(after.filter(isRefusal).length > refusals ? ['is refused now'] : []),
        ...(same(after) >= same(before) ? ['is still found'] : []),
      ];
      return problems.map((problem) => `${file.slice(corpus.length)}: ${finding.rule}: ${render(title)} ${problem}`);
    }),
  );
}

function isRefusal({ rule, severity }: Finding): boolean {
  return rule === 'yaml-invalid' || rule === 'limit-split' || (rule === 'compose-refused' && severity === 'error');
}
