import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { englishTexts, germanTexts } from '../../src/build/generate-translations.ts';
import { loadRules } from '../../src/build/load-rules.ts';

const root = join(import.meta.dirname, '../..');
const english = await englishTexts(root, await loadRules());
const german = germanTexts(root);
const holes = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('everything that a person may read', () => {
  it('is there in German', () => {
    expect(english.filter((text) => !german.has(text))).toEqual([]);
  });

  it('has no German left over from English that is gone', () => {
    expect([...german.keys()].filter((text) => !english.includes(text))).toEqual([]);
  });

  it('has the same holes in both languages', () => {
    const different = [...german].filter(([from, to]) => holes(from).join() !== holes(to).join());
    expect(different).toEqual([]);
  });

  it('is German too where package.json shows it', () => {
    const shown = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
    const words = JSON.parse(readFileSync(join(root, 'l10n/de/package.json'), 'utf8')) as Record<string, string>;
    expect(Object.values(shown).filter((text) => !(text in words))).toEqual([]);
    expect(Object.keys(words).filter((text) => !Object.values(shown).includes(text))).toEqual([]);
  });
});
