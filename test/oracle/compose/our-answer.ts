import { discover } from '../../../src/analysis/documents/compose/discover.ts';
import type { Stack } from '../../../src/analysis/documents/compose/model.ts';
import { projectJson, unprintableService } from '../../../src/analysis/documents/compose/project-json.ts';
import { Documents, resolveStack } from '../../../src/analysis/documents/compose/resolve.ts';
import type { FileReader, SourceText } from '../../../src/analysis/documents/source.ts';
import { joinPath } from '../../../src/base/path.ts';
import { fileId, type FileId } from '../../../src/base/span.ts';
import type { ComposeAnswer, ComposeQuestion } from '../../lab/compose-plugin.ts';

const HOME = fileId('/w');

/** What our resolver says to the question that the tool is asked, in the folder `/w`. */
export function ourAnswer(question: ComposeQuestion): ComposeAnswer {
  const stack = ourStack(question);
  if (stack === undefined) return { error: 'no configuration file' };
  const refused = stack.problems.find((problem) => problem.refused);
  if (refused !== undefined) return { error: `${refused.code}: ${JSON.stringify(refused.message)}` };
  const unprintable = unprintableService(stack);
  return unprintable === undefined ? { json: projectJson(stack) } : { error: `unprintable: ${unprintable}` };
}

/** Undefined where there is nothing to resolve. */
export function ourStack({ files, order = [], env = {}, profiles = [], envFiles = [] }: ComposeQuestion): Stack | undefined {
  const reader = new FilesInMemory(files);
  const environment = new Map(Object.entries(env));
  const paths = (names: readonly string[]) => names.map((name) => joinPath(HOME, name));
  const named = envFiles.length > 0 ? { envFiles: paths(envFiles) } : {};
  const found = discover({ directory: HOME, environment, files: paths(order), ...named }, reader);
  if (found.files.length === 0) return undefined;
  const request = { files: found.files, environment, profiles };
  const stack = found.envFiles === undefined ? request : { ...request, envFiles: found.envFiles };
  return resolveStack(stack, new Documents(reader));
}

class FilesInMemory implements FileReader {
  readonly #files: ReadonlyMap<FileId, SourceText>;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(
      Object.entries(files).map(([name, text]) => {
        const file = joinPath(HOME, name);
        return [file, { file, text }];
      }),
    );
  }

  read(file: FileId) {
    const source = this.#files.get(file);
    return source === undefined ? ({ kind: 'missing' } as const) : ({ kind: 'text', source } as const);
  }
}
