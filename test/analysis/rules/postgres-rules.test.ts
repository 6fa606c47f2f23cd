import { describe, expect, it } from 'vitest';
import { parsePostgresConf } from '../../../src/analysis/documents/postgres/parse.ts';
import type { Finding } from '../../../src/analysis/rules/rule.ts';
import { applyEdits, conflicts } from '../../../src/base/edit.ts';
import { render } from '../../../src/base/message.ts';
import { fileId } from '../../../src/base/span.ts';
import { loadRules } from '../../../src/build/load-rules.ts';
import { checkConf } from './check-conf.ts';

const rules = (await loadRules()).filter(({ folder }) => folder === 'postgres');
const file = fileId('postgresql.conf');
const found = (text: string, id: string): Finding[] =>
  checkConf(
    text,
    rules.map(({ rule }) => rule),
  ).filter(({ rule }) => rule === id);

describe.each(rules)('$id', ({ id, rule }) => {
  it.each(rule.docs.invalid)('finds %j', (text) => {
    expect(found(text, id)).not.toEqual([]);
  });

  it.each(rule.docs.valid)('leaves %j alone', (text) => {
    expect(found(text, id).map(({ message }) => render(message))).toEqual([]);
  });

  it.each(rule.docs.invalid)('says everything it has to say about %j', (text) => {
    for (const finding of found(text, id)) {
      const words = [
        finding.message,
        ...finding.related.map(({ message }) => message),
        ...finding.fixes.map(({ title }) => title),
      ];
      for (const message of words) expect(render(message)).not.toMatch(/\{\w+\}|undefined|NaN/);
    }
  });

  it.each(rule.docs.invalid)('mends %j without touching anything else', (text) => {
    for (const finding of found(text, id))
      for (const { edits, title } of finding.fixes) {
        edits.forEach((one, index) => {
          for (const other of edits.slice(index + 1)) expect(conflicts(one, other)).toBe(false);
          expect(one.span.end).toBeLessThanOrEqual(text.length);
        });
        const fixed = applyEdits(file, text, edits);
        expect(found(fixed, id).length, `${render(title)}: ${fixed}`).toBeLessThan(found(text, id).length);
        expect(parsePostgresConf({ file, text: fixed }).problems.length).toBeLessThanOrEqual(
          parsePostgresConf({ file, text }).problems.length,
        );
      }
  });
});
