import type * as vscode from 'vscode';
import { kindOf, type DocumentKind } from '../analysis/document-kinds.ts';
import { fileOf } from './convert.ts';

/*
 * Which documents Headroom looks at. Both language ids count: `dockercompose` is VS Code's own, and people who
 * set `files.associations` or run Red Hat's YAML alone see `yaml`.
 */

const COMPOSE_LANGUAGES = ['dockercompose', 'yaml'];

const LANGUAGES: Readonly<Record<DocumentKind, readonly string[]>> = {
  compose: COMPOSE_LANGUAGES,
  project: ['yaml'],
  'postgres-conf': ['postgresql-conf'],
  dockerfile: ['dockerfile'],
  prometheus: ['yaml'],
  // What an extension for it calls it, and what VS Code takes any `.conf` for.
  nginx: ['nginx', 'properties'],
};

/** Views of other versions, of output and of comparisons: they show text that nobody edits here. */
const NOT_EDITED = new Set([
  'git',
  'gitfs',
  'output',
  'debug',
  'vscode-scm',
  'review',
  'walkThrough',
  'walkThroughSnippet',
  'search-editor',
  'vscode-settings',
  'comment',
  'chat-editing-text-model',
  'vscode-chat-code-block',
  'vscode-notebook-cell',
]);

/** What a document is to us; undefined for those that are none of our business. */
export function kindOfDocument(document: vscode.TextDocument): DocumentKind | undefined {
  const { uri, languageId } = document;
  if (NOT_EDITED.has(uri.scheme)) return undefined;
  const named = kindOf(fileOf(uri));
  if (named !== undefined && LANGUAGES[named].includes(languageId)) return named;
  if (languageId === 'dockercompose') return 'compose';
  if (languageId === 'postgresql-conf') return 'postgres-conf';
  if (languageId === 'dockerfile') return 'dockerfile';
  // An untitled document has no name to go by; its content says it.
  return uri.scheme === 'untitled' && languageId === 'yaml' && /^services:/m.test(document.getText()) ? 'compose' : undefined;
}

/** For providers that speak about stacks; `kindOfDocument` still decides. */
export const composeSelector: vscode.DocumentSelector = COMPOSE_LANGUAGES.map((language) => ({ language }));

/** For providers that speak about findings. */
export const anySelector: vscode.DocumentSelector = [...new Set(Object.values(LANGUAGES).flat())].map((language) => ({
  language,
}));
