import type { SourceText } from './documents/source.ts';
import type { DocumentModel, Rule } from './rules/rule.ts';

/**
 * One document kind with its rules. Compose is always at hand; PostgreSQL and Dockerfile come from bundles that
 * load on first need, and whoever loaded them hands them to `lint`.
 */
export interface LanguagePart<M extends DocumentModel = DocumentModel> {
  readonly kind: M['kind'];
  parse(source: SourceText): M;
  readonly rules: readonly Rule<M>[];
}
