import type { Bytes } from '../../../base/bytes.ts';
import type { FileId, Span } from '../../../base/span.ts';

/** A Dockerfile as stages of instructions, each with its place. Parsing never fails: what isn't one is no stage. */
export interface Dockerfile {
  readonly kind: 'dockerfile';
  readonly file: FileId;
  readonly stages: readonly Stage[];
  /** `ARG`s before the first `FROM`, which image names may refer to. */
  readonly globalArguments: ReadonlyMap<string, string>;
  /** Set where the text was not looked at because it is too large. */
  readonly skipped: boolean;
  /** The services that are built from it; none is known for a file that was opened by itself. */
  readonly builtBy: readonly BuiltBy[];
}

/** What a stack says about an image that it builds. */
export interface BuiltBy {
  readonly service: string;
  readonly target: string | undefined;
  readonly limit: Bytes | undefined;
  /** The stack gives a command or entrypoint of its own. */
  readonly commanded: boolean;
}

export interface Stage {
  readonly name: string | undefined;
  /** The image as far as it is known: variables with a default are filled in, others make it undefined. */
  readonly image: string | undefined;
  /** The image name as written, variables included. */
  readonly imageSpan: Span;
  readonly platform: Word | undefined;
  /** The earlier stage that this one builds on, where `FROM` names one. */
  readonly parent: Stage | undefined;
  readonly instructions: readonly Instruction[];
  readonly span: Span;
}

export interface Instruction {
  /** In capitals, however it was written. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly flags: ReadonlyMap<string, Word>;
  /** The words after keyword and flags; for the JSON form, the strings themselves. */
  readonly words: readonly Word[];
  readonly json: boolean;
  readonly span: Span;
}

/** A word as the program will see it, and where it stands, quotes included. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** The last stage is the one that `docker build` tags, unless a target is named. */
export function stageOf(dockerfile: Dockerfile, target?: string): Stage | undefined {
  const named =
    target === undefined ? undefined : dockerfile.stages.find(({ name }) => name?.toLowerCase() === target.toLowerCase());
  return named ?? dockerfile.stages.at(-1);
}

/** The last of these instructions in the stage, or in those that it builds on: as Docker inherits them. */
export function inherited(stage: Stage | undefined, keyword: string): Instruction | undefined {
  if (stage === undefined) return undefined;
  return stage.instructions.findLast((instruction) => instruction.keyword === keyword) ?? inherited(stage.parent, keyword);
}

/** The image at the root of the stages that this one builds on. */
export function rootImage(stage: Stage): string | undefined {
  return stage.parent === undefined ? stage.image : rootImage(stage.parent);
}
