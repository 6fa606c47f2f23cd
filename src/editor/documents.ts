import type * as vscode from 'vscode';

/*
 * Which documents Headroom looks at. Both language ids count: `dockercompose` is VS Code's own since 1.9x,
 * and people who set `files.associations` or run Red Hat's YAML alone see `yaml`.
 */

const COMPOSE_LANGUAGES = ['dockercompose', 'yaml'];
const COMPOSE_NAME = /(?:^|\/)(?:compose(?:\.[^/]+)?|docker-compose[^/]*|[^/]+\.compose)\.ya?ml$/i;

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

export function isComposeDocument(document: vscode.TextDocument): boolean {
  if (NOT_EDITED.has(document.uri.scheme) || !COMPOSE_LANGUAGES.includes(document.languageId)) return false;
  if (COMPOSE_NAME.test(document.uri.path)) return true;
  // An untitled document has no name to go by: its language says it, or its content.
  if (document.uri.scheme !== 'untitled') return document.languageId === 'dockercompose';
  return document.languageId === 'dockercompose' || /^services:/m.test(document.getText());
}

/** For providers; `isComposeDocument` still decides. */
export const composeSelector: vscode.DocumentSelector = COMPOSE_LANGUAGES.map((language) => ({ language }));
