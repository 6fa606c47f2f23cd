import type { Bytes } from '../../base/bytes.ts';
import type { TextEdit } from '../../base/edit.ts';
import type { Service } from '../documents/compose/model.ts';
import type { Estimate } from './estimate.ts';

/** What a runtime may look at: the service, and what else of it has been read. */
export interface RuntimeInputs {
  readonly service: Service;
  /** The limit that the container will run under, for runtimes that size themselves by it. */
  readonly limit: Bytes | undefined;
  /** Memory and cores of the board, for runtimes that look past a missing limit. */
  readonly boardMemory: Bytes | undefined;
  readonly cores: number | undefined;
  /** PostgreSQL settings of the conf file that the service really reads, as name to base-unit value. */
  readonly postgres?: ReadonlyMap<string, string>;
  /** The Dockerfile of `build:`, as far as detection needs it: final stage's base image and command. */
  readonly dockerfile?: { readonly baseImage: string | undefined; readonly command: readonly string[] };
}

/** One program that people run in containers, and how its memory is made up. One file each. */
export interface RuntimeModel {
  /** Equals the file's name. */
  readonly id: string;
  readonly references: readonly string[];
  /** The first model that says yes is asked; the order stands in `runtimes.ts`. */
  detects(inputs: RuntimeInputs): boolean;
  estimate(inputs: RuntimeInputs): Estimate;
  /** Edits that make it live within the limit, where it has a knob; undefined where it has none or it can't. */
  fitTo?(inputs: RuntimeInputs, limit: Bytes): readonly TextEdit[] | undefined;
  readonly examples: readonly {
    readonly service: string;
    readonly limit?: Bytes;
    readonly peak: Bytes;
    readonly because: string;
  }[];
}
