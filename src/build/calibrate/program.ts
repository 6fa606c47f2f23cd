import { type ImageRecipe } from '../../../test/lab/tiny-image.ts';
import { type MeasuredService, type Settings } from './measurement.ts';

/** A program to calibrate: how its image is made, and what it is put through. */
export interface Program {
  readonly id: string;
  /** Debian packages of the program and of its clients. */
  readonly packages: readonly string[];
  /** Prints the version; its first number-like word is taken. */
  readonly version: readonly string[];
  readonly image: ImageRecipe;
  readonly configurations: readonly Configuration[];
}

export interface Configuration {
  readonly id: string;
  readonly settings: Settings;
  readonly service: MeasuredService;
  /** Further arguments of `docker create`. */
  readonly docker?: readonly string[];
  /** In a sentence, for whoever reads the figures. */
  readonly describes: string;
  /** Answers once the program can serve; throws or says false until then. */
  ready(target: Target): Promise<boolean>;
  /** A fixed amount of work, so that time is throughput. Throws when the program fails it. */
  load(target: Target): Promise<void>;
  /** Whether the smallest limits are searched too: some ten runs more. */
  readonly search: boolean;
}

export interface Target {
  /** The container's address on the engine's bridge. */
  readonly address: string;
  /** This machine's address there, for programs that call their clients. */
  readonly gateway: string;
  readonly containerId: string;
  /** Aborts when the run is over its time: loads that wait must look at it. */
  readonly signal: AbortSignal;
}
