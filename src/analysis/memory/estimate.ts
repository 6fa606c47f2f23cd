import type { Bytes } from '../../base/bytes.ts';
import type { Span } from '../../base/span.ts';

/** What one service will need, as regions whose sum explains every number. */
export type Estimate = KnownEstimate | UnknownEstimate;

export interface KnownEstimate {
  readonly known: true;
  readonly runtime: string;
  readonly regions: readonly Region[];
  /** The smallest limit under which it works at all. */
  readonly floor: Bytes;
  /** Unreclaimable and program text together, in ordinary use and under the heaviest load expected. */
  readonly typical: Bytes;
  readonly peak: Bytes;
  readonly confidence: 'measured' | 'documented' | 'heuristic';
  /** What no file tells and what may come on top, as texts: named so that nobody is surprised, not counted. */
  readonly beyond: readonly string[];
}

/** Never a guess of zero: what is missing is named, so that a person can supply it. */
export interface UnknownEstimate {
  readonly known: false;
  readonly runtime: string | undefined;
  readonly missing: MissingFact;
}

/** What would make an estimate known. */
export type MissingFact = 'image' | 'command' | 'runtime' | 'measurement' | 'variable' | 'configuration';

export interface Region {
  /** English; a key of translation like every other text. */
  readonly label: string;
  /** Only unreclaimable memory and program text decide whether a limit works; cache is shown, not counted. */
  readonly class: 'unreclaimable' | 'programText' | 'cache';
  readonly typical: Bytes;
  readonly peak: Bytes;
  readonly from: RegionOrigin;
}

export type RegionOrigin =
  | { readonly kind: 'file'; readonly span: Span }
  | { readonly kind: 'default'; readonly source: string }
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'measured'; readonly measurement: string };
