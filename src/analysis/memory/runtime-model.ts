import type { Bytes } from '../../base/bytes.ts';
import type { Service } from '../documents/compose/model.ts';
import type { Located } from '../documents/located.ts';
import type { SourceText } from '../documents/source.ts';
import type { Estimate, KnownEstimate } from './estimate.ts';
import type { ImageReference } from './image-reference.ts';
import type { Evidence } from './evidence.ts';

/** What a runtime may look at: the service, and what else of it has been read. */
export interface RuntimeInputs {
  readonly service: Service;
  /** Image and words of the service, where they were read before: two dozen models ask for them. */
  readonly seen?: { readonly image: ImageReference | undefined; readonly words: readonly Located<string>[] };
  /** The limit that the container will run under, for runtimes that size themselves by it. */
  readonly limit: Bytes | undefined;
  /** Memory and cores of the board, for runtimes that look past a missing limit. */
  readonly boardMemory: Bytes | undefined;
  readonly cores: number | undefined;
  /** The text of the files that are mounted into the container, by their path in it. */
  readonly files?: ReadonlyMap<string, SourceText>;
  /** The Dockerfile of `build:`, as far as detection needs it: final stage's base image and command. */
  readonly dockerfile?: { readonly baseImage: string | undefined; readonly command: readonly Located<string>[] };
}

/** One program that people run in containers, and how its memory is made up. One file each. */
export interface RuntimeModel {
  /** Equals the file's name. */
  readonly id: string;
  readonly references: readonly string[];
  /** By what it recognises the service. The strongest evidence wins; among equals the order in `runtimes.ts`. */
  detects(inputs: RuntimeInputs): Evidence | undefined;
  estimate(inputs: RuntimeInputs): Estimate;
  /**
   * Settings that make it live within the limit, where it has a knob; undefined where it has none or can't. It
   * answers with settings rather than with text, so that a fit over a whole stack can weigh hundreds of them
   * and only the chosen one becomes edits.
   */
  fitTo?(inputs: RuntimeInputs, limit: Bytes): Fitting | undefined;
  /** Services as Compose writes them, with the peak that the model gives: run as tests. */
  readonly examples: readonly {
    readonly service: string;
    readonly limit?: Bytes;
    readonly peak: Bytes;
    readonly because: string;
  }[];
}

export interface Fitting {
  /** What the service needs with the changes in place. */
  readonly estimate: KnownEstimate;
  /** None where it lives within the limit as it is. */
  readonly changes: readonly SettingChange[];
}

/** A setting given another value, where Compose keeps it. */
export interface SettingChange {
  /** As its program spells it: `shared_buffers`, `--maxmemory`. */
  readonly setting: string;
  /** What it was, its default included. */
  readonly before: string;
  readonly after: string;
  readonly place:
    | { readonly kind: 'variable'; readonly name: string; readonly value: string }
    /** `replaces` is the word that carries it now; without it the words go to the end of `program`. */
    | {
        readonly kind: 'words';
        readonly words: readonly string[];
        readonly replaces: Located<string> | undefined;
        readonly program: string;
      };
}
