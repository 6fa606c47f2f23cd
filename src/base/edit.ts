import { overlaps, type FileId, type Span } from './span.ts';

/** Replace what the span covers by the text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Whether two edits fight: they overlap, or both insert at one place, where their order would be a matter of luck. */
export function conflicts(one: TextEdit, other: TextEdit): boolean {
  if (one.span.file !== other.span.file) return false;
  if (one.span.start === other.span.start && one.span.end === other.span.end) return true;
  return overlaps(one.span, other.span);
}

/** Applies the edits that belong to the file. They must not conflict; order doesn't matter. */
export function applyEdits(file: FileId, text: string, edits: readonly TextEdit[]): string {
  const mine = edits
    .filter((edit) => edit.span.file === file)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: replacement } of mine) {
    parts.push(text.slice(at, span.start), replacement);
    at = span.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
