import { span, type FileId, type Span } from '../../../base/span.ts';
import type { FileReader, Reading } from '../source.ts';
import { readEnvironmentFile } from './dotenv.ts';
import type { Lookup, Variable } from './interpolate.ts';
import type { Problems } from './problems.ts';
import { text as words } from './text.ts';

/** Variables for `$` expressions. What is set earlier wins: the shell over every `.env`, an outer file's over an included one's. */
export class Environment {
  readonly #variables: ReadonlyMap<string, Variable>;

  constructor(variables: ReadonlyMap<string, Variable>) {
    this.#variables = variables;
  }

  static of(values: ReadonlyMap<string, string>): Environment {
    return new Environment(
      new Map([...values].map(([name, value]) => [name, { value, origins: [{ kind: 'environment', name }] }])),
    );
  }

  readonly lookup: Lookup = (name) => this.#variables.get(name);

  get(name: string): string | undefined {
    return this.#variables.get(name)?.value;
  }

  /** With what the other has beside it. */
  under(others: ReadonlyMap<string, Variable>): Environment {
    return new Environment(new Map([...others, ...this.#variables]));
  }

  with(name: string, variable: Variable): Environment {
    return new Environment(new Map(this.#variables).set(name, variable));
  }
}

/** Reads environment files one after the other; later ones win over earlier ones, the environment over all in their `$` expressions. */
export function readEnvironmentFiles(
  files: readonly FileId[],
  environment: Environment,
  reader: FileReader,
  problems: Problems,
  at: Span | undefined,
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const file of files) {
    const reading = reader.read(file);
    if (reading.kind !== 'text') {
      reportMissing(file, reading, at ?? span(file, 0, 0), problems);
      continue;
    }
    const { variables: set, error } = readEnvironmentFile(
      reading.source,
      (name) => environment.lookup(name) ?? variables.get(name),
    );
    if (error !== undefined) problems.refuse('env-file-invalid', error.span, words.envFileInvalid, { reason: error.reason });
    for (const [name, line] of set) variables.set(name, line);
  }
  return variables;
}

/** A file that isn't to be had. Where the caller hasn't fetched it yet, there is nothing to say. */
export function reportMissing(file: FileId, { kind }: Reading, at: Span, problems: Problems): void {
  if (kind === 'missing') problems.refuse('file-missing', at, words.fileMissing, { file });
  else if (kind === 'unreadable') problems.refuse('file-unreadable', at, words.fileUnreadable, { file });
  else if (kind === 'outside') problems.warn('file-outside', at, words.fileOutside, { file });
}
