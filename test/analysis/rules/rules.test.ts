import { describe, expect, it } from 'vitest';
import { loadRules, type RuleFile } from '../../../src/build/load-rules.ts';
import { conflicts, applyEdits } from '../../../src/base/edit.ts';
import { render } from '../../../src/base/message.ts';
import type { Finding } from '../../../src/analysis/rules/rule.ts';
import { checkDockerfile } from '../../../src/analysis/dockerfile/check-dockerfiles.ts';
import * as mounted from '../../../src/analysis/mounted/check-mounted.ts';
import { checkConf } from '../../../src/analysis/postgres/check-postgres.ts';
import { checkFile } from '../../../src/analysis/check-file.ts';
import { Documents } from '../../../src/analysis/documents/compose/resolve.ts';
import { fileId } from '../../../src/base/span.ts';
import { checkStackOf, checkText, composeFile, filesOf, nothingKnown } from './check-text.ts';

/*
 * What holds for every rule, present and future. A rule that is added is tested here by its own examples; a
 * file of tests beside this one is for what examples can't show.
 */

const rules = await loadRules();
const judgement = { surroundings: nothingKnown, rules: new Map(), project: undefined };

/** All findings of a text, read as the kind of file that the rule is for. */
const checkers: Readonly<Record<string, (text: string, kind: string) => readonly Finding[]>> = {
  compose: (text) => checkText(text).findings,
  dockerfile: (text) => checkDockerfile({ file: composeFile, text }, judgement),
  project: (text) => checkProject(text),
  mounted: (text, kind) => checkMounted(text, kind),
  postgres: (text) => checkConf({ file: composeFile, text }, judgement),
};

const checkProject = (text: string): readonly Finding[] => {
  const file = fileId('/w/headroom.yaml');
  return checkFile(file, 'project', { documents: new Documents(filesOf({ 'headroom.yaml': text })), judgement, parts: {} })
    .findings;
};

/** An example of several files names each: `# file: compose.yml`. One without names is looked at by itself. */
const checkMounted = (text: string, kind: string): readonly Finding[] => {
  const files = Object.fromEntries(
    text
      .split(/^# file: /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
  );
  if (Object.keys(files).length > 0) return checkStackOf(files, { mounted }).findings;
  const alone = kind === 'prometheus' || kind === 'nginx' ? kind : undefined;
  const documents = new Documents(filesOf({}));
  return alone === undefined ? [] : mounted.checkMountedFile({ file: composeFile, text }, alone, documents, judgement);
};

const check = ({ folder, rule }: RuleFile, text: string): readonly Finding[] => checkers[folder]?.(text, rule.appliesTo) ?? [];
const found = (file: RuleFile, text: string): Finding[] => check(file, text).filter(({ rule }) => rule === file.id);

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

describe.each(rules)('$id', (file) => {
  it.each(numbered(file.rule.docs.invalid))('finds example $number', ({ text }) => {
    expect(found(file, text)).not.toEqual([]);
  });

  it.each(numbered(file.rule.docs.valid))('leaves counter-example $number alone', ({ text }) => {
    expect(found(file, text).map(({ message }) => render(message))).toEqual([]);
  });

  it('fills every hole of every message', () => {
    for (const finding of file.rule.docs.invalid.flatMap((text) => found(file, text))) {
      const words = [
        finding.message,
        ...finding.related.map(({ message }) => message),
        ...finding.fixes.map(({ title }) => title),
      ];
      for (const message of words) expect(render(message)).not.toMatch(/\{\w+\}|undefined|NaN/);
    }
  });

  it('fixes what it offers to fix, and nothing else', () => {
    for (const text of file.rule.docs.invalid) for (const finding of found(file, text)) checkFixes(file, text, finding);
  });
});

function checkFixes(file: RuleFile, text: string, finding: Finding): void {
  for (const { edits, title } of finding.fixes) {
    const name = render(title);
    expect(edits.length, name).toBeGreaterThan(0);
    for (const { span } of edits) {
      expect(span.start, name).toBeLessThanOrEqual(span.end);
      expect(span.end, name).toBeLessThanOrEqual(text.length);
    }
    edits.forEach((one, index) => {
      for (const other of edits.slice(index + 1)) expect(conflicts(one, other), name).toBe(false);
    });
    const fixed = applyEdits(finding.span.file, text, edits);
    expect(fixed, name).not.toBe(text);
    const after = check(file, fixed);
    expect(
      after.filter(({ rule }) => rule === 'yaml-invalid'),
      name,
    ).toEqual([]);
    const same = after.filter((other) => other.rule === file.id && render(other.message) === render(finding.message));
    const before = found(file, text).filter((other) => render(other.message) === render(finding.message));
    expect(same.length, `${name}: the finding is gone from\n${fixed}`).toBeLessThan(before.length);
  }
}

function numbered(examples: readonly string[]): { number: number; text: string }[] {
  return examples.map((text, index) => ({ number: index + 1, text }));
}
