import type { Finding } from './rules/rule.ts';

/** By file and place, so that output is the same whatever order the rules ran in. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (one, other) =>
      compare(one.span.file, other.span.file) ||
      one.span.start - other.span.start ||
      one.span.end - other.span.end ||
      compare(one.rule, other.rule),
  );
}

/** The same thing said of the same place: two stacks that share a file say it once. */
export function findingKey({ rule, span, message }: Finding): string {
  return JSON.stringify([rule, span.file, span.start, span.end, message]);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
