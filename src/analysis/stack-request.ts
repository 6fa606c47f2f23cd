import { folderOf, joinPath } from '../base/path.ts';
import type { FileId } from '../base/span.ts';
import { baseOf, overrideOf } from './documents/compose/discover.ts';
import type { Documents, StackRequest } from './documents/compose/resolve.ts';
import { findProject, namedStackOf } from './documents/project/find-project.ts';
import type { ProjectFile } from './documents/project/model.ts';

/** What a person can add to a file that was named: the shell around it, and flags. */
export interface RequestOptions {
  readonly environment?: ReadonlyMap<string, string>;
  readonly profiles?: readonly string[];
  readonly envFiles?: readonly FileId[];
  /** Instead of the nearest one. */
  readonly project?: ProjectFile | undefined;
}

export interface FoundStack {
  /** The stack's first file: by it the stack is known. */
  readonly file: FileId;
  readonly stack: StackRequest;
  readonly project: ProjectFile | undefined;
}

/**
 * The stack that a file belongs to: the one that `headroom.yaml` names it in, else the file with the override that
 * Compose would load beside it. An override that is opened leads to the file that it overrides.
 */
export function stackRequestFor(file: FileId, documents: Documents, options: RequestOptions = {}): FoundStack {
  const project = options.project ?? findProject(file, documents);
  const named = project === undefined ? undefined : namedStackOf(file, project);
  const base = baseOf(file, documents) ?? file;
  const override = overrideOf(base, documents);
  const folder = project === undefined ? folderOf(file) : folderOf(project.file);
  const files = named?.files.map(({ value }) => joinPath(folder, value)) ?? (override === undefined ? [base] : [base, override]);
  const envFiles = options.envFiles ?? named?.env.map(({ value }) => joinPath(folder, value)) ?? [];
  const profiles = options.profiles ?? [];
  return {
    file: files[0] ?? file,
    project,
    stack: {
      files,
      environment: options.environment ?? new Map(),
      profiles: profiles.length > 0 ? profiles : (named?.profiles ?? []),
      ...(envFiles.length > 0 && { envFiles }),
    },
  };
}
