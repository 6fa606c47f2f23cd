import type { Message } from '../../../base/message.ts';
import type { FileId, Span } from '../../../base/span.ts';

/** `headroom.yaml` as read. What is wrong in it is listed and left out; the rest counts. */
export interface ProjectFile {
  readonly kind: 'project';
  readonly file: FileId;
  readonly board: Placed<string> | undefined;
  readonly reserve: Placed<string> | undefined;
  readonly host: Placed<string> | undefined;
  readonly stacks: readonly NamedStack[];
  readonly agents: AgentScheme | undefined;
  readonly importance: ReadonlyMap<string, number>;
  /** Severity by rule or group. */
  readonly rules: ReadonlyMap<string, Placed<string>>;
  readonly ignores: readonly Ignore[];
  readonly problems: readonly ProjectProblem[];
}

export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

export interface NamedStack {
  readonly name: string | undefined;
  readonly files: readonly Placed<string>[];
  readonly profiles: readonly string[];
  readonly env: readonly Placed<string>[];
  readonly board: Placed<string> | undefined;
}

export interface AgentScheme {
  readonly template: Placed<string> | undefined;
  readonly max: number | undefined;
  /** Port k of agent n is `base + step * n + k`. */
  readonly ports: { readonly base: number; readonly step: number } | undefined;
}

export interface Ignore {
  readonly rule: Placed<string>;
  readonly files: readonly string[];
  readonly service: string | undefined;
  readonly reason: string | undefined;
  readonly span: Span;
}

export interface ProjectProblem {
  readonly code: 'yaml-syntax' | 'project-unknown-key' | 'project-bad-value';
  readonly message: Message;
  readonly span: Span;
  /** A key that was probably meant; the fix renames it. */
  readonly nearest?: string;
}
