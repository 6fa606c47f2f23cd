import type { Finding } from '../../analysis/rules/rule.ts';
import type { FileId, Span } from '../../base/span.ts';
import type { Terminal } from '../verb.ts';

/** One way to print findings. */
export interface Format {
  readonly name: string;
  print(report: Report, terminal: Terminal): string;
}

/** What a check found, with what every format needs to speak of places. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly files: readonly FileId[];
  shown(file: FileId): string;
  place(span: Span): Place;
}

/** One-based, as compilers and editors print; columns in UTF-16 units, the end exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
