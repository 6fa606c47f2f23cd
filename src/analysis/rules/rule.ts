import type { TextEdit } from '../../base/edit.ts';
import type { Message } from '../../base/message.ts';
import type { FileId, Span } from '../../base/span.ts';
import type { YamlFile } from '../documents/yaml-tree.ts';
import type { ServiceMemory } from '../memory/stack-memory.ts';
import type { Surroundings } from './surroundings.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export const groups = ['memory', 'runtime', 'postgres', 'image', 'host', 'build', 'hardening', 'syntax'] as const;

export type Group = (typeof groups)[number];

/** What a rule is asked about: one document of one kind, already parsed. */
export interface DocumentModel {
  readonly kind: string;
}

/**
 * A rule is one constant in a file of its own, named after its id. Its page, the registries, the settings
 * schema and the translations' list are generated from it.
 */
export interface Rule<M extends DocumentModel = DocumentModel, Msg extends string = string> {
  /** Equals the file's name. Users write it into their files, so it never changes. */
  readonly id: string;
  readonly appliesTo: M['kind'];
  readonly severity: Severity;
  readonly group: Group;
  readonly docs: RuleDocs;
  /** Findings and titles of fixes, as English templates; `{name}` is filled from `data`. */
  readonly messages: Readonly<Record<Msg, string>>;
  check(context: RuleContext<M>): Iterable<Report<Msg>>;
}

/** The page behind "why?". The examples run as tests: each invalid one is found, no valid one is. */
export interface RuleDocs {
  readonly what: string;
  readonly why: string;
  readonly instead: string;
  readonly references: readonly string[];
  readonly invalid: readonly string[];
  readonly valid: readonly string[];
}

export interface RuleContext<M extends DocumentModel> {
  readonly model: M;
  readonly surroundings: Surroundings;
  /** The files as written, for fixes: undefined where a file was not read. */
  readonly yaml: (file: FileId) => YamlFile | undefined;
  /** What the services of the stack need. Computed when the first rule asks; empty without a stack. */
  readonly memory: () => readonly ServiceMemory[];
}

/** What a rule says about one place: ids and data; the words come later, in the reader's language. */
export interface Report<Msg extends string = string> {
  /** One of the rule's own, or the words of the document's reader, which a rule only passes on. */
  readonly message: Msg | Message;
  readonly data?: Data;
  readonly span: Span;
  /** Where a rule's consequence varies by case; else the rule's own. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly message: Msg; readonly data?: Data; readonly span: Span }[];
  readonly fixes?: readonly FixReport<Msg>[];
}

export interface FixReport<Msg extends string = string> {
  readonly title: Msg;
  readonly data?: Data;
  readonly safety: Safety;
  readonly edits: readonly TextEdit[];
}

/** `safe` is deterministic and may run unasked in fix-all; `review` is offered one at a time, its number shown. */
export type Safety = 'safe' | 'review';

export type Data = Readonly<Record<string, string | number>>;

/** A finding as every front end gets it. */
export interface Finding {
  readonly rule: string;
  readonly group: Group;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: Message;
  readonly related: readonly { readonly message: Message; readonly span: Span }[];
  readonly fixes: readonly Fix[];
}

export interface Fix {
  readonly title: Message;
  readonly safety: Safety;
  readonly edits: readonly TextEdit[];
}
