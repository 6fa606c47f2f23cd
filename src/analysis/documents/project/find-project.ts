import { folderOf, joinPath } from '../../../base/path.ts';
import type { FileId } from '../../../base/span.ts';
import type { Documents } from '../compose/documents.ts';
import type { NamedStack, ProjectFile } from './model.ts';
import { readProject } from './read-project.ts';

export const PROJECT_NAME = 'headroom.yaml';

/** The nearest `headroom.yaml` at or above the file, as far up as the reader lets one look. */
export function findProject(file: FileId, documents: Documents): ProjectFile | undefined {
  let folder = folderOf(file);
  for (;;) {
    const reading = documents.read(joinPath(folder, PROJECT_NAME));
    if (reading.kind === 'text') return readProject(documents.yaml(reading.source));
    if (reading.kind === 'outside') return undefined;
    const above = folderOf(folder);
    if (above === folder || folder === '.') return undefined;
    folder = above;
  }
}

/** The stack of `headroom.yaml` that has this file in it. */
export function namedStackOf(file: FileId, project: ProjectFile): NamedStack | undefined {
  const folder = folderOf(project.file);
  return project.stacks.find(({ files }) => files.some(({ value }) => joinPath(folder, value) === file));
}
