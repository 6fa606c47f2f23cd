import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/analysis/rules/rule.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import { render } from '../../src/base/message.ts';
import { loadRules } from '../../src/build/load-rules.ts';
import { checkConf } from '../analysis/rules/check-conf.ts';
import { sharedFolder } from './shared-folder.ts';

const rules = (await loadRules()).filter(({ folder }) => folder === 'postgres').map(({ rule }) => rule);
const zero = boardById('pi-zero-2w');

const said = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ rule, message }) => `${rule}: ${render(message)}`);

describe.runIf(sharedFolder)('conf files of others', () => {
  const folder = join(sharedFolder ?? '', 'corpus/postgres');
  const confs =
    sharedFolder === undefined
      ? []
      : readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.conf'));

  it('are there', () => {
    expect(confs.length).toBeGreaterThan(5);
  });

  it.each(confs)('%s gets no false alarm', (name) => {
    expect(said(checkConf(readFileSync(join(folder, name), 'utf8'), rules))).toEqual([]);
  });
});

describe.runIf(sharedFolder)('the conf files of the brief', () => {
  const read = (path: string): string => readFileSync(join(sharedFolder ?? '', 'stacks', path), 'utf8');

  it('has SQL comments, and advice for SSDs, on a Zero', () => {
    const findings = checkConf(read('zero/postgresql-pi-zero.conf'), rules, { board: zero });
    const ids = findings.map(({ rule }) => rule);
    expect(ids.filter((id) => id === 'pg-sql-comment')).toHaveLength(5);
    expect(ids).toContain('pg-card-unfit-setting');
    expect(new Set(ids)).toEqual(new Set(['pg-sql-comment', 'pg-card-unfit-setting', 'pg-jit-on-small-board']));
  });

  it('has a setting that went with 9.5, and its value is carried over', () => {
    const findings = checkConf(read('production/postgresql.conf'), rules);
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['pg-removed-setting', 'error'],
      ['pg-sql-comment', 'error'],
    ]);
    expect(findings[0]?.fixes[0]?.edits[0]?.text).toBe('max_wal_size = 384MB');
  });
});
