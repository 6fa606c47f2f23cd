import type { Result } from '../base/result.ts';
import type { Disposable } from '../base/disposable.ts';
import type { LiveError } from './errors.ts';

/**
 * Things that arrive over time. `items` simply finishes; `ended` tells why, and never rejects, so that a consumer
 * that only loops can't be surprised by an exception. Disposing, or leaving the loop, ends it on the host too.
 */
export interface Feed<T, End = void> extends Disposable {
  readonly items: AsyncIterable<T>;
  readonly ended: Promise<Result<End, LiveError>>;
}

/** Lines that a remote program prints. */
export interface LineFeed extends Feed<string, Exit> {
  /** More for the program's standard input; only while the feed was opened with `keepInput`. */
  write(text: string): void;
}

export interface Exit {
  /** Undefined when a signal ended it or the server didn't say (Dropbear, on a killed child). */
  readonly code?: number;
  readonly signal?: string;
  /** The last part of what it wrote to standard error. */
  readonly complaint: string;
}
