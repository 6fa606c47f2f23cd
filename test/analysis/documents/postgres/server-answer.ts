import type { ConfFiles } from '../../../../src/analysis/documents/postgres/conf-files.ts';
import type { ServerError } from '../../../../src/analysis/documents/postgres/model.ts';
import { resolveSettings, valueOf } from '../../../../src/analysis/documents/postgres/resolve.ts';
import { message } from '../../../../src/base/message.ts';
import { fileId } from '../../../../src/base/span.ts';

export interface OurAnswer {
  readonly value: string | undefined;
  readonly errors: readonly ServerError[];
}

export interface Question {
  readonly file?: string;
  readonly words?: readonly string[];
  readonly version?: number;
}

/** The same question as `postgres -C name`, put to our own reading. */
export function serverAnswer(name: string, files: ConfFiles, question: Question = {}): OurAnswer {
  const { file = 'postgresql.conf', words = [], version = 15 } = question;
  const resolution = resolveSettings({ file: fileId(file), files, version, folder: fileId('.'), words });
  if (resolution.errors.length > 0) return { value: undefined, errors: resolution.errors };
  const value = valueOf(resolution, name, version);
  return { value, errors: value === undefined ? [{ message: message('unknown {name}', { name }) }] : [] };
}

/** A small file system of texts. */
export function memoryConfFiles(files: Readonly<Record<string, string>>): ConfFiles {
  return {
    read(file) {
      const text = files[file];
      return text === undefined ? { kind: 'missing' } : { kind: 'text', source: { file, text } };
    },
    list(folder) {
      const names = Object.keys(files)
        .filter((name) => name.startsWith(`${folder}/`))
        .map((name) => name.slice(folder.length + 1))
        .filter((name) => !name.includes('/'));
      return names.length === 0 ? { kind: 'missing' } : { kind: 'names', names };
    },
  };
}
