import { folderOf, joinPath } from '../../../base/path.ts';
import { span, type FileId, type Span } from '../../../base/span.ts';
import { checkProject } from './check.ts';
import type { Documents } from './documents.ts';
import { Environment, readEnvironmentFiles } from './environment.ts';
import { loadModel, type LoadScope } from './load.ts';
import type { Entry, Stack } from './model.ts';
import { normalise } from './normalise.ts';
import type { Located } from '../located.ts';
import type { Variable } from './interpolate.ts';
import { verify } from './verify.ts';
import { Problems } from './problems.ts';
import { projectName } from './project-name.ts';
import { withServiceFiles } from './service-files.ts';
import { ResolvedStack } from './stack.ts';
import { project } from './shapes.ts';
import { text as words } from './text.ts';
import { pairOf } from '../yaml-tree.ts';
import { asList, asMapping, asScalar, Mapping } from './value.ts';

export { Documents, ParseCache } from './documents.ts';

/** A stack as it is asked for: what `-f`, `--profile`, `--env-file` and the shell say. */
export interface StackRequest {
  /** In the order of merging; the first one matters most. */
  readonly files: readonly FileId[];
  /** Where relative paths and `.env` lie; the first file's folder where nobody says otherwise. */
  readonly projectDirectory?: FileId;
  readonly environment: ReadonlyMap<string, string>;
  /** Without any, `COMPOSE_PROFILES` decides. */
  readonly profiles: readonly string[];
  /** Instead of the `.env` in the project's folder. */
  readonly envFiles?: readonly FileId[];
}

/** Resolves a project as `docker compose` does. Never throws; what is wrong is listed, and the rest is resolved around it. */
export function resolveStack(request: StackRequest, documents: Documents): Stack {
  const problems = new Problems();
  const [first] = request.files;
  const folder = request.projectDirectory ?? (first === undefined ? joinPath('.' as FileId, '.') : folderOf(first));
  const anchor = anchorOf(first ?? folder, documents);
  const outer = projectEnvironment(request, folder, documents, problems, anchor);
  const name = projectName(request.files, folder, outer, documents, problems);
  const environment = outer.with('COMPOSE_PROJECT_NAME', name);
  const files = new Set<FileId>();
  const home = request.environment.get('HOME');
  const scope: LoadScope = { documents, problems, environment, folder, home, files, included: { size: 0 }, including: [] };
  const loaded = loadModel(request.files, scope, anchor);
  if (loaded.entries.size === 0 && documents.wanted.length === 0) problems.refuse('empty', anchor, words.empty);
  const profiles = activeProfiles(request, environment);
  const model = withFiles(normalise(loaded, name.value, environment), scope, profiles);
  const active = activeServices(model, profiles);
  const inactive = new Set(
    [...(asMapping(model.get('services'))?.entries.keys() ?? [])].filter((service) => !active.has(service)),
  );
  verify(model, project, { problems, path: [] });
  checkProject({ model, active, inactive, problems });
  return new ResolvedStack(model, { files: [...files], name: nameOf(name, anchor), anchor, active, problems: problems.list });
}

function nameOf({ value, origins }: Variable, anchor: Span): Located<string> {
  const [first] = origins;
  return { value, text: value, spans: [first !== undefined && 'span' in first ? first.span : anchor], origins };
}

function anchorOf(file: FileId, documents: Documents): Span {
  const reading = documents.read(file);
  if (reading.kind !== 'text') return span(file, 0, 0);
  const key = documents
    .yaml(reading.source)
    .documents.map(({ root }) => pairOf(root, 'services')?.key)
    .find((node) => node !== undefined);
  return span(file, key?.start ?? 0, key?.end ?? 0);
}

function projectEnvironment(
  request: StackRequest,
  folder: FileId,
  documents: Documents,
  problems: Problems,
  at: Span,
): Environment {
  const environment = Environment.of(request.environment);
  return environment.under(
    readEnvironmentFiles(environmentFiles(request, folder, documents), environment, documents, problems, at),
  );
}

function environmentFiles({ envFiles, environment }: StackRequest, folder: FileId, documents: Documents): readonly FileId[] {
  if (envFiles !== undefined && envFiles.length > 0) return envFiles;
  if (/^(?:1|t|true)$/i.test(environment.get('COMPOSE_DISABLE_ENV_FILE') ?? '')) return [];
  const file = joinPath(folder, '.env');
  return documents.read(file).kind === 'text' ? [file] : [];
}

function activeProfiles({ profiles }: StackRequest, environment: Environment): readonly string[] {
  if (profiles.length > 0) return profiles;
  return (environment.get('COMPOSE_PROFILES') ?? '').split(',').map((profile) => profile.trim());
}

function isActive(service: Mapping, profiles: readonly string[]): boolean {
  const own = asList(service.get('profiles'))?.items ?? [];
  return own.length === 0 || profiles.includes('*') || own.some((profile) => profiles.includes(asScalar(profile)?.text ?? ''));
}

function activeServices(model: Mapping, profiles: readonly string[]): ReadonlyMap<string, Mapping> {
  const services = [...(asMapping(model.get('services'))?.entries ?? [])];
  return new Map(
    services.flatMap(([name, { value }]): [string, Mapping][] =>
      value instanceof Mapping && isActive(value, profiles) ? [[name, value]] : [],
    ),
  );
}

/** Environment files of services that stay off may be missing: Compose doesn't look. */
function withFiles(model: Mapping, scope: LoadScope, profiles: readonly string[]): Mapping {
  const entry = model.entries.get('services');
  if (!(entry?.value instanceof Mapping)) return model;
  const entries = new Map<string, Entry>();
  for (const [name, { key, value }] of entry.value.entries) {
    const problems = value instanceof Mapping && isActive(value, profiles) ? scope.problems : new Problems();
    entries.set(name, { key, value: value instanceof Mapping ? withServiceFiles(value, scope, problems) : value });
  }
  return model.with('services', { key: entry.key, value: new Mapping(entries, entry.value.spans) });
}
