import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { settingsOf } from '../../../src/analysis/documents/postgres/settings.ts';
import { render } from '../../../src/base/message.ts';
import { memoryConfFiles, serverAnswer } from '../../analysis/documents/postgres/server-answer.ts';
import { PostgresOracle, usableServer } from '../../lab/postgres.ts';
import { generatedConf } from './generated-conf.ts';

const server = usableServer();
const runs = Number(process.env.HEADROOM_ORACLE_RUNS ?? 1000);

describe.runIf(server?.version === 15)('a conf file means to us what it means to PostgreSQL 15', () => {
  const oracle = new PostgresOracle(server?.program ?? '');
  afterAll(() => oracle.dispose());

  it(`for ${String(runs)} generated files, includes and command lines`, { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(generatedConf, ({ files, words, name }) => {
        oracle.write(files);
        const theirs = oracle.ask(name, words);
        const ours = serverAnswer(name, memoryConfFiles(files), { words });
        const refused = ours.errors.map((each) => render(each.message));
        expect({ value: ours.value, refused: refused.length > 0 }, refused.join('; ')).toEqual({
          value: theirs.value,
          refused: theirs.value === undefined,
        });
        expect(bare(theirs.log)).toContain(bare(refused[0] ?? ''));
      }),
      { numRuns: runs, endOnFailure: false },
    );
  });

  it('for the default of every setting', { timeout: 120_000 }, () => {
    oracle.write({ 'postgresql.conf': '' });
    const names = settingsOf(15)
      .all()
      .filter(
        ({ context, name }) =>
          context !== 'internal' &&
          !/_file$|^data_directory$/.test(name) &&
          name !== 'composite_type_mismatch' &&
          name !== 'output_plugin_libraries',
      )
      .map(({ name }) => name);
    expect(names.length).toBeGreaterThan(320);
    for (const name of names) {
      expect([name, serverAnswer(name, memoryConfFiles({ 'postgresql.conf': '' })).value]).toEqual([
        name,
        oracle.ask(name).value,
      ]);
    }
  });
});

/** Folders, the numbers that refused flags are shown as, and the count of a last line without an end differ; the words don't. */
function bare(text: string): string {
  return text
    .replace(/"[^"]*\//g, '"')
    .replace(/: "[^"]*"$|: \d+$/gm, '')
    .replace(/[\u0080-\uffff]/g, '')
    .replace(/,? near token ".*"/g, '')
    .replace(/line \d+, near end/g, 'near end');
}
