import type { Stack } from '../../../../src/analysis/documents/compose/model.ts';
import { Documents, ParseCache, resolveStack, type StackRequest } from '../../../../src/analysis/documents/compose/resolve.ts';
import type { FileReader, SourceText } from '../../../../src/analysis/documents/source.ts';
import { fileId, slice, type FileId, type Span } from '../../../../src/base/span.ts';

/** Files in the folder `/w`, by name. */
export class Files implements FileReader {
  readonly #files = new Map<FileId, SourceText>();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const file = at(name);
    this.#files.set(file, { file, text });
  }

  read(file: FileId) {
    const source = this.#files.get(file);
    return source === undefined ? ({ kind: 'missing' } as const) : ({ kind: 'text', source } as const);
  }

  slice(span: Span): string {
    return slice(this.#files.get(span.file)?.text ?? '', span);
  }
}

export function at(name: string): FileId {
  return fileId(`/w/${name}`);
}

export interface Asked extends Partial<Pick<StackRequest, 'profiles'>> {
  readonly env?: Readonly<Record<string, string>>;
  readonly order?: readonly string[];
}

export function resolved(
  files: FileReader,
  { env = {}, profiles = [], order = ['compose.yaml'] }: Asked = {},
  cache = new ParseCache(),
): Stack {
  return resolveStack({ files: order.map(at), environment: new Map(Object.entries(env)), profiles }, new Documents(files, cache));
}

/** A stack of one file, and the file to slice its spans from. */
export function stackOf(text: string, asked: Asked = {}): { readonly stack: Stack; readonly files: Files } {
  const files = new Files({ 'compose.yaml': text });
  return { stack: resolved(files, asked), files };
}

export function codes({ problems }: Stack): readonly string[] {
  return problems.filter((problem) => problem.refused).map((problem) => problem.code);
}
