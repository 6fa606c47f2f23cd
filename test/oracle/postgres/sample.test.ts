import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { render } from '../../../src/base/message.ts';
import { loadRules } from '../../../src/build/load-rules.ts';
import { checkConf } from '../../analysis/rules/check-conf.ts';
import { postgresServers } from '../../lab/postgres.ts';

const rules = (await loadRules()).filter(({ folder }) => folder === 'postgres').map(({ rule }) => rule);

const samples = [...postgresServers().keys()]
  .map((version) => [version, `/usr/share/postgresql/${String(version)}/postgresql.conf.sample`] as const)
  .filter(([, path]) => existsSync(path));

describe.runIf(samples.length > 0).each(samples)('the sample file of PostgreSQL %i', (version, path) => {
  const text = readFileSync(path, 'utf8');
  const said = (conf: string): readonly string[] => checkConf(conf, rules, {}, version).map(({ message }) => render(message));

  it('gets no false alarm', () => {
    expect(said(text)).toEqual([]);
  });

  it('gets none either with every default written out', () => {
    // Left as comments: defaults that are no values (a path of the build, a list that is told in words).
    const spelledOut = text.replace(/^#(?=[a-z_]+ = )(?!include|data_directory|hba_file|ident_file)/gm, '');
    expect(said(spelledOut)).toEqual([]);
  });
});
