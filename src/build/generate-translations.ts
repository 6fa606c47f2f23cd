import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Generated } from './generate.ts';
import type { RuleFile } from './load-rules.ts';

/** The bundles that vscode.l10n and the command line read: English as the list of keys, German beside it. */
export async function translationFiles(root: string, rules: readonly RuleFile[]): Promise<readonly Generated[]> {
  const english = await englishTexts(root, rules);
  const german = germanTexts(root);
  return [
    { path: 'l10n/bundle.l10n.json', content: json(Object.fromEntries(english.map((text) => [text, text]))) },
    {
      path: 'l10n/bundle.l10n.de.json',
      content: json(Object.fromEntries(english.flatMap((text) => (german.has(text) ? [[text, german.get(text)]] : [])))),
    },
  ];
}

/** Every text a person may see: the catalogues (`text.ts` in any room) and the messages of rules. */
export async function englishTexts(root: string, rules: readonly RuleFile[]): Promise<string[]> {
  const catalogues = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|[\\/])(?:[a-z-]+-)?text\.ts$/.test(path))
    .sort();
  const modules = await Promise.all(
    catalogues.map(
      async (path) => (await import(pathToFileURL(join(root, 'src', path)).href)) as { text?: Readonly<Record<string, string>> },
    ),
  );
  const texts = [
    ...modules.flatMap(({ text = {} }) => Object.values(text)),
    ...rules.flatMap(({ rule }) => Object.values(rule.messages)),
  ];
  return [...new Set(texts)].sort();
}

/** Areas are files so that parts of the product grow without meeting in one. `package` belongs to package.nls. */
export function germanTexts(root: string): ReadonlyMap<string, string> {
  const folder = join(root, 'l10n/de');
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json') && name !== 'package.json')
      .sort()
      .flatMap((name) => Object.entries(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>)),
  );
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
