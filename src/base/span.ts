/** A file as its owner names it: a path for the command line, a URI for the editor. Analysis only compares it. */
export type FileId = string & { readonly fileId: unique symbol };

/** A stretch of one file: UTF-16 offsets, end exclusive. Lines and columns exist only at the edges. */
export interface Span {
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
}

export function fileId(name: string): FileId {
  return name as FileId;
}

export function span(file: FileId, start: number, end: number): Span {
  return { file, start, end };
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.file === other.file && one.start < other.end && other.start < one.end;
}

/** The source text that a span covers. */
export function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}
