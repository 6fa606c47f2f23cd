import type { Message } from '../../../base/message.ts';
import type { Span } from '../../../base/span.ts';
import type { SourceText } from '../source.ts';
import type { ContainerContext } from './container.ts';
import type { ConfReading } from './reading.ts';

/** A `postgresql.conf`, or the settings that a server is started with, as the server's own grammar reads them. */
export interface PostgresConf {
  readonly kind: 'postgres-conf';
  readonly source: SourceText;
  /** Where the entries stand: in a conf file, or as `-c` words in a stack's `command:`. */
  readonly form: 'file' | 'arguments';
  /** Settings and includes in file order. Duplicates stay: the last one wins, but all are shown. */
  readonly entries: readonly ConfEntry[];
  readonly problems: readonly SyntaxProblem[];
  /** The major version that reads this file, where it is known. */
  readonly version: number | undefined;
  /** What is known of the container that runs the server; supplied by whoever links file and stack. */
  readonly container: ContainerContext | undefined;
  /** Includes that lead nowhere; supplied by whoever may look at files. */
  readonly missingIncludes: readonly ConfInclude[];
  /** Set where many questions follow: `readingOf` gives it out. */
  readonly reading?: () => ConfReading;
}

export type ConfEntry = ConfSetting | ConfInclude;

export interface ConfSetting {
  readonly kind: 'setting';
  /** As written; the server compares names without case. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Quotes and escapes taken away. */
  readonly value: string;
  /** Quotes included. */
  readonly valueSpan: Span;
  readonly quoting: ValueForm;
  /** From the name to the value. */
  readonly span: Span;
  /** 1-based. */
  readonly line: number;
  /** The comment behind the value, without its `#`. */
  readonly comment: string | undefined;
}

export interface ConfInclude {
  readonly kind: 'include';
  readonly directive: IncludeDirective;
  readonly nameSpan: Span;
  readonly path: string;
  readonly pathSpan: Span;
  readonly span: Span;
  readonly line: number;
}

export type IncludeDirective = 'include' | 'include_if_exists' | 'include_dir';

/**
 * Which token the value was; `argument` for a part of a word of a command line, which knows no quoting; `unplaced`
 * where that word was put together from variables, so that the spans cover more than name and value.
 */
export type ValueForm = 'identifier' | 'quoted' | 'integer' | 'real' | 'unquoted' | 'argument' | 'unplaced';

/** A line that the server can't read. It refuses the whole file then. */
export interface SyntaxProblem {
  /** What the parser stumbled on; the end of the line has no token. */
  readonly near: string | undefined;
  readonly span: Span;
  /** From the first character of the line's content to its end, comment excluded. */
  readonly lineSpan: Span;
  readonly line: number;
  /** The 100th problem ends the reading of the file, as in the server. */
  readonly last: boolean;
}

/** Why the server doesn't start, in its own words where it has some. */
export interface ServerError {
  readonly message: Message;
  readonly hint?: Message;
  readonly span?: Span;
}
