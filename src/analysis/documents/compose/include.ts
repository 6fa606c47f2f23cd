import { folderOf, joinPath } from '../../../base/path.ts';
import type { FileId } from '../../../base/span.ts';
import { readEnvironmentFiles } from './environment.ts';
import { loadModel, type LoadScope } from './load.ts';
import type { Entry, Value } from './model.ts';
import { text as words } from './text.ts';
import { asList, asMapping, asScalar, List, Mapping, Scalar, spansOf } from './value.ts';

const KINDS = ['services', 'volumes', 'networks', 'secrets', 'configs'] as const;
const DEEPEST = 50;
/** In characters, and a thousand for each file: real projects stay under a twentieth. */
const LARGEST = 3_000_000;

interface Include {
  readonly paths: readonly Scalar[];
  readonly folder: Scalar | undefined;
  readonly envFiles: readonly Scalar[];
}

/** Adds what included files define. Each is a model of its own, with its own folder and environment. */
export function applyInclude(document: Mapping, scope: LoadScope): Mapping {
  const entry = document.entries.get('include');
  if (entry === undefined) return document;
  let model = document.without('include');
  for (const item of asList(entry.value)?.items ?? []) {
    const include = readInclude(item);
    if (include === undefined) continue;
    const imported = load(include, scope);
    if (imported !== undefined) model = adopt(model, imported, spansOf(item)[0].file, scope, item);
  }
  if (asList(entry.value) === undefined)
    scope.problems.refuse('wrong-kind', entry.key, words.wrongKind, { path: 'include', expected: 'a list' });
  return model;
}

function readInclude(item: Value): Include | undefined {
  if (item instanceof Scalar) return { paths: [item], folder: undefined, envFiles: [] };
  const map = asMapping(item);
  if (map === undefined) return undefined;
  return { paths: texts(map.get('path')), folder: asScalar(map.get('project_directory')), envFiles: texts(map.get('env_file')) };
}

function texts(value: Value | undefined): readonly Scalar[] {
  if (value instanceof Scalar) return value.text === '' ? [] : [value];
  return value instanceof List ? value.items.filter((item) => item instanceof Scalar) : [];
}

function load({ paths, folder, envFiles }: Include, scope: LoadScope): Mapping | undefined {
  const [main] = paths;
  if (main === undefined) return undefined;
  const files = paths.map((path) => joinPath(scope.folder, path.text));
  const [file = scope.folder] = files;
  if (scope.including.includes(file) || scope.including.length > DEEPEST) {
    scope.problems.refuse('include-cycle', main.span, words.includeCycle, { file });
    return undefined;
  }
  scope.included.size += files.reduce((size, path) => size + 1_000 + lengthOf(path, scope), 0);
  if (scope.included.size > LARGEST) {
    // Said once: what follows is too much as well.
    if (scope.included.size < Infinity) scope.problems.refuse('include-too-much', main.span, words.includeTooMuch);
    scope.included.size = Infinity;
    return undefined;
  }
  const home = folder === undefined || folder.text === '' ? folderOf(file) : joinPath(scope.folder, folder.text);
  const environment = scope.environment.under(
    readEnvironmentFiles(environmentFiles(envFiles, home, scope), scope.environment, scope.documents, scope.problems, main.span),
  );
  return loadModel(files, { ...scope, folder: home, environment }, main.span);
}

function lengthOf(file: FileId, scope: LoadScope): number {
  const reading = scope.documents.read(file);
  return reading.kind === 'text' ? reading.source.text.length : 0;
}

/** Without any named, `.env` beside the included file, if it is there. */
function environmentFiles(named: readonly Scalar[], home: FileId, scope: LoadScope): readonly FileId[] {
  // /dev/null is the customary way to say "none".
  if (named.length > 0) return named.filter(({ text }) => text !== '/dev/null').map(({ text }) => joinPath(scope.folder, text));
  const file = joinPath(home, '.env');
  const { kind } = scope.documents.read(file);
  return kind === 'text' ? [file] : [];
}

function adopt(model: Mapping, imported: Mapping, file: FileId, scope: LoadScope, item: Value): Mapping {
  let result = model;
  for (const kind of KINDS) {
    const source = imported.entries.get(kind);
    if (!(source?.value instanceof Mapping)) continue;
    const own = result.entries.get(kind);
    const entries = new Map<string, Entry>(asMapping(own?.value)?.entries ?? []);
    for (const [name, entry] of source.value.entries) {
      const before = entries.get(name);
      if (before === undefined) entries.set(name, entry);
      else if (!same(before.value, entry.value)) {
        scope.problems.refuse(
          'include-conflict',
          before.key.file === file ? before.key : spansOf(item)[0],
          words.includeConflict,
          { kind, name },
        );
      }
    }
    const spans = own === undefined ? source.value.spans : spansOf(own.value);
    result = result.with(kind, { key: own?.key ?? source.key, value: new Mapping(entries, spans) });
  }
  return result;
}

/** Whether two values say the same thing in the same form. */
function same(one: Value, other: Value): boolean {
  if (one instanceof Scalar) return other instanceof Scalar && one.type === other.type && one.text === other.text;
  if (one instanceof List) {
    return (
      other instanceof List &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => sameAt(item, other.items[index]))
    );
  }
  if (!(one instanceof Mapping) || !(other instanceof Mapping) || one.entries.size !== other.entries.size) return false;
  return [...one.entries].every(([key, { value }]) => sameAt(value, other.get(key)));
}

function sameAt(one: Value, other: Value | undefined): boolean {
  return other !== undefined && same(one, other);
}
