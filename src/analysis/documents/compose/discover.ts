import { folderOf, joinPath, nameOf } from '../../../base/path.ts';
import type { FileId } from '../../../base/span.ts';
import type { FileReader } from '../source.ts';
import { Environment, readEnvironmentFiles } from './environment.ts';
import { Problems } from './problems.ts';

/** In the order in which Compose looks for them. */
const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

export interface DiscoverRequest {
  /** Where the command runs: relative paths start here, and the search upwards too. */
  readonly directory: FileId;
  readonly projectDirectory?: FileId;
  readonly environment: ReadonlyMap<string, string>;
  /** What `-f` names; then nothing is searched for. */
  readonly files?: readonly FileId[];
  /** What `--env-file` names. */
  readonly envFiles?: readonly FileId[];
}

export interface Discovered {
  /** Empty where there is no Compose file here or above. */
  readonly files: readonly FileId[];
  /** For the request; undefined where the `.env` of the project's folder is the one. */
  readonly envFiles: readonly FileId[] | undefined;
}

/**
 * The files of the project that a bare `docker compose` would mean here. A `.env` may itself name them: Compose
 * reads one beside what it finds first, and then looks again with what that says.
 */
export function discover(request: DiscoverRequest, reader: FileReader): Discovered {
  const { directory, environment } = request;
  const shell = Environment.of(environment);
  const named = request.envFiles ?? environmentList(shell, directory);
  const first = search(request, shell, reader);
  const early = named ?? dotEnv(first, request, reader);
  const known = shell.under(readEnvironmentFiles(early, shell, reader, new Problems(), undefined));
  const files = search(request, known, reader);
  if (named !== undefined) return { files, envFiles: named };
  const late = dotEnv(files, request, reader);
  // What was read first is part of the environment by then, and wins.
  return { files, envFiles: early.length > 0 && early[0] !== late[0] ? [...late, ...early] : undefined };
}

/** The override that Compose would load with this file, were it run in its folder: only a file with a standard name has one. */
export function overrideOf(file: FileId, reader: FileReader): FileId | undefined {
  return NAMES.includes(nameOf(file)) ? firstOf(OVERRIDES, folderOf(file), reader) : undefined;
}

/** The file that an override would be loaded with, were Compose run in its folder; undefined for any other file. */
export function baseOf(file: FileId, reader: FileReader): FileId | undefined {
  return OVERRIDES.includes(nameOf(file)) ? firstOf(NAMES, folderOf(file), reader) : undefined;
}

function search(request: DiscoverRequest, environment: Environment, reader: FileReader): readonly FileId[] {
  if (request.files !== undefined && request.files.length > 0) return request.files;
  const listed = environment.get('COMPOSE_FILE');
  if (listed !== undefined) {
    const separator = environment.get('COMPOSE_PATH_SEPARATOR') ?? '';
    return listed.split(separator === '' ? ':' : separator).map((path) => joinPath(request.directory, path));
  }
  for (const folder of upwards(request.projectDirectory ?? request.directory)) {
    const file = firstOf(NAMES, folder, reader);
    if (file === undefined) continue;
    const override = firstOf(OVERRIDES, folder, reader);
    return override === undefined ? [file] : [file, override];
  }
  return [];
}

function environmentList(environment: Environment, directory: FileId): readonly FileId[] | undefined {
  const listed = environment.get('COMPOSE_ENV_FILES') ?? '';
  return listed === '' ? undefined : listed.split(',').map((path) => joinPath(directory, path));
}

function dotEnv(
  files: readonly FileId[],
  { projectDirectory, directory }: DiscoverRequest,
  reader: FileReader,
): readonly FileId[] {
  const [first] = files;
  const file = joinPath(projectDirectory ?? (first === undefined ? directory : folderOf(first)), '.env');
  return reader.read(file).kind === 'text' ? [file] : [];
}

function firstOf(names: readonly string[], folder: FileId, reader: FileReader): FileId | undefined {
  return names.map((name) => joinPath(folder, name)).find((file) => reader.read(file).kind === 'text');
}

function upwards(folder: FileId): readonly FileId[] {
  const folders = [folder];
  for (let above = folderOf(folder); above !== folders.at(-1) && above !== '.'; above = folderOf(above)) folders.push(above);
  return folders;
}
