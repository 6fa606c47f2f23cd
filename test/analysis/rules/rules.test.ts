import { describe, expect, it } from 'vitest';
import { loadRules, type RuleFile } from '../../../src/build/load-rules.ts';
import { conflicts, applyEdits } from '../../../src/base/edit.ts';
import { render } from '../../../src/base/message.ts';
import type { Finding } from '../../../src/analysis/rules/rule.ts';
import { checkText, composeFile } from './check-text.ts';

/*
 * What holds for every rule, present and future. A rule that is added is tested here by its own examples; a
 * file of tests beside this one is for what examples can't show.
 */

const rules = await loadRules();
const composeRules = rules.filter(({ folder }) => folder === 'compose');

const found = (text: string, id: string): Finding[] => checkText(text).findings.filter(({ rule }) => rule === id);

describe.each(rules)('$id', (file) => {
  it('explains itself', () => {
    const { docs, messages } = file.rule;
    for (const words of [docs.what, docs.why, docs.instead]) expect(words.length).toBeGreaterThan(10);
    for (const words of [docs.what, docs.why, docs.instead]) expect(words).toMatch(/[.:!?`"]$/);
    expect(new Set([...docs.invalid, ...docs.valid]).size).toBe(docs.invalid.length + docs.valid.length);
    expect(docs.valid.length).toBeGreaterThan(0);
    for (const template of Object.values(messages)) expect(template.trim()).toBe(template);
  });
});

describe.each(composeRules)('$id', (file) => {
  it.each(numbered(file.rule.docs.invalid))('finds example $number', ({ text }) => {
    expect(found(text, file.id)).not.toEqual([]);
  });

  it.each(numbered(file.rule.docs.valid))('leaves counter-example $number alone', ({ text }) => {
    expect(found(text, file.id).map(({ message }) => render(message))).toEqual([]);
  });

  it('fills every hole of every message', () => {
    for (const finding of file.rule.docs.invalid.flatMap((text) => found(text, file.id))) {
      const words = [
        finding.message,
        ...finding.related.map(({ message }) => message),
        ...finding.fixes.map(({ title }) => title),
      ];
      for (const message of words) expect(render(message)).not.toMatch(/\{\w+\}|undefined|NaN/);
    }
  });

  it('fixes what it offers to fix, and nothing else', () => {
    for (const text of file.rule.docs.invalid) for (const finding of found(text, file.id)) checkFixes(file, text, finding);
  });
});

function checkFixes({ id }: RuleFile, text: string, finding: Finding): void {
  for (const { edits, title } of finding.fixes) {
    const name = render(title);
    expect(edits.length, name).toBeGreaterThan(0);
    for (const { span } of edits) {
      expect(span.file, name).toBe(composeFile);
      expect(span.start, name).toBeLessThanOrEqual(span.end);
      expect(span.end, name).toBeLessThanOrEqual(text.length);
    }
    edits.forEach((one, index) => {
      for (const other of edits.slice(index + 1)) expect(conflicts(one, other), name).toBe(false);
    });
    const fixed = applyEdits(composeFile, text, edits);
    expect(fixed, name).not.toBe(text);
    const after = checkText(fixed).findings;
    expect(
      after.filter(({ rule }) => rule === 'yaml-invalid'),
      name,
    ).toEqual([]);
    const same = after.filter((other) => other.rule === id && render(other.message) === render(finding.message));
    const before = found(text, id).filter((other) => render(other.message) === render(finding.message));
    expect(same.length, `${name}: the finding is gone from\n${fixed}`).toBeLessThan(before.length);
  }
}

function numbered(examples: readonly string[]): { number: number; text: string }[] {
  return examples.map((text, index) => ({ number: index + 1, text }));
}
