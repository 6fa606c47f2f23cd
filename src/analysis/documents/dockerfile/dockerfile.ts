import { DockerfileParser, type From, type Instruction as ParsedInstruction } from 'dockerfile-ast';
import { LineIndex } from '../../../base/position.ts';
import { slice, type Span } from '../../../base/span.ts';
import type { SourceText } from '../source.ts';
import type { Dockerfile, Instruction, Stage, Word } from './model.ts';

/** The largest Dockerfile of the corpora has 40 kB; the parser is quadratic in places. */
const LARGEST = 256 * 1024;

export function parseDockerfile(source: SourceText): Dockerfile {
  const empty: Dockerfile = {
    kind: 'dockerfile',
    file: source.file,
    stages: [],
    globalArguments: new Map(),
    skipped: true,
    builtBy: [],
  };
  if (source.text.length > LARGEST) return empty;
  try {
    return read(source);
  } catch {
    // The parser indexes into lines that odd continuations leave empty. Then nothing is known of the file.
    return empty;
  }
}

function read(source: SourceText): Dockerfile {
  const places = new Places(source);
  const parsed = DockerfileParser.parse(source.text);
  const globalArguments = new Map(
    parsed.getInitialARGs().flatMap((argument) => {
      const property = argument.getProperty();
      const value = property?.getValue();
      return property === null || value === null || value === undefined ? [] : [[property.getName(), value] as const];
    }),
  );
  const stages: Stage[] = [];
  let current: { from: From; instructions: Instruction[] } | undefined;
  const close = (): void => {
    if (current !== undefined) stages.push(stage(current.from, current.instructions, stages, globalArguments, places));
  };
  for (const instruction of parsed.getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      close();
      current = { from: instruction as From, instructions: [] };
    } else current?.instructions.push(instructionOf(instruction, places));
  }
  close();
  return { kind: 'dockerfile', file: source.file, stages, globalArguments, skipped: false, builtBy: [] };
}

function stage(
  from: From,
  instructions: readonly Instruction[],
  earlier: readonly Stage[],
  known: ReadonlyMap<string, string>,
  places: Places,
): Stage {
  const written = from.getImage() ?? '';
  const image = expand(written, known);
  const platformRange = from.getPlatformFlag()?.getValueRange() ?? undefined;
  return {
    name: from.getBuildStage() ?? undefined,
    image: image === '' ? undefined : image,
    imageSpan: places.span(from.getImageRange() ?? from.getRange()),
    platform: platformRange && { text: places.text(platformRange), span: places.span(platformRange) },
    parent: earlier.findLast(({ name }) => name?.toLowerCase() === written.toLowerCase()),
    instructions,
    span: places.span(from.getRange()),
  };
}

function instructionOf(parsed: ParsedInstruction, places: Places): Instruction {
  const json = 'getJSONStrings' in parsed && 'getOpeningBracket' in parsed ? (parsed as ParsedInstruction & JsonForm) : undefined;
  const strings = json?.getOpeningBracket() === null ? undefined : json?.getJSONStrings();
  const flags = 'getFlags' in parsed ? (parsed as ParsedInstruction & Flagged).getFlags() : [];
  const flagNames = new Set(flags.map((each) => each.toString()));
  const words = (strings ?? parsed.getArguments().filter((word) => !flagNames.has(word.getValue()))).map((word) => ({
    // The parser's own value of a JSON string has lost its spaces.
    text: strings === undefined ? word.getValue() : unquoteJson(places.text(word.getRange())),
    span: places.span(word.getRange()),
  }));
  return {
    keyword: parsed.getKeyword(),
    keywordSpan: places.span(parsed.getInstructionRange()),
    flags: new Map(
      flags.map((each) => [each.getName(), { text: each.getValue() ?? '', span: places.span(each.getRange()) } satisfies Word]),
    ),
    words,
    json: strings !== undefined,
    span: places.span(parsed.getRange()),
  };
}

interface JsonForm {
  getOpeningBracket(): unknown;
  getJSONStrings(): Argument[];
}

interface Flagged {
  getFlags(): { getName(): string; getValue(): string | null; getRange(): Range; toString(): string }[];
}

interface Argument {
  getValue(): string;
  getRange(): Range;
}

interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

function unquoteJson(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replace(/^"|"$/g, '');
  }
}

/** `$NAME`, `${NAME}` and `${NAME:-default}` by the global arguments; undefined where one isn't known. */
function expand(image: string, known: ReadonlyMap<string, string>): string | undefined {
  const unknown: string[] = [];
  const text = image.replace(/\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g, (_, braced?: string, fallback?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    const value = known.get(name) ?? fallback;
    if (value === undefined) unknown.push(name);
    return value ?? '';
  });
  return unknown.length === 0 ? text : undefined;
}

/** The parser's lines and columns as offsets: what counts inside this house. */
class Places {
  readonly #source: SourceText;
  readonly #index: LineIndex;

  constructor(source: SourceText) {
    this.#source = source;
    this.#index = new LineIndex(source.text);
  }

  text(range: Range): string {
    return slice(this.#source.text, this.span(range));
  }

  span({ start, end }: Range): Span {
    const offset = ({ line, character }: Range['start']): number => this.#index.offset({ line, column: character });
    return { file: this.#source.file, start: offset(start), end: offset(end) };
  }
}
