import { span, type FileId, type Span } from '../../../base/span.ts';
import type { Documents } from './documents.ts';
import { reportMissing, type Environment } from './environment.ts';
import { expand, type Expanded } from './expand.ts';
import { applyExtends, type ExtendsScope } from './extends.ts';
import { applyInclude } from './include.ts';
import { completeModel } from './complete.ts';
import { merge } from './merge.ts';
import type { Problems } from './problems.ts';
import { refine } from './refine.ts';
import { withoutPaths } from './resets.ts';
import { project } from './shapes.ts';
import { text as words } from './text.ts';
import type { Value } from './model.ts';
import { List, Mapping } from './value.ts';

/** What every step of loading needs. */
export interface LoadScope {
  readonly documents: Documents;
  readonly problems: Problems;
  readonly environment: Environment;
  /** Relative paths start here. */
  readonly folder: FileId;
  /** The user's home, for `~`. */
  readonly home: string | undefined;
  /** Every file that was read, in order. */
  readonly files: Set<FileId>;
  /** How much was included so far: files that include one another twice each would double with every level. */
  readonly included: { size: number };
  /** The files that are being included, outermost first. */
  readonly including: readonly FileId[];
}

/** Files merged in order, with everything they extend and include; paths resolved, defaults set. */
export function loadModel(files: readonly FileId[], scope: LoadScope, at: Span | undefined): Mapping {
  let model = new Mapping(new Map(), [at ?? span(files[0] ?? scope.folder, 0, 0)]);
  for (const file of files) model = loadFile(file, model, scope, at);
  return completeModel(model, scope);
}

function loadFile(file: FileId, base: Mapping, scope: LoadScope, at: Span | undefined): Mapping {
  let model = base;
  for (const document of readDocuments(file, scope, at)) {
    const { root, resets } = document;
    if (root === undefined) continue;
    if (!(root instanceof Mapping)) {
      scope.problems.refuse('not-a-mapping', span(file, 0, 0), words.notAMapping);
      continue;
    }
    const extending: ExtendsScope = { ...scope, file, resets: [resets], known: new Map() };
    const extended = applyExtends(root, extending);
    const included = applyInclude(extended, { ...scope, including: [...scope.including, file] });
    const merged = merge(withoutPaths(model, resets), included, project, scope.problems);
    const refined = refine(merged, project, scope.problems, emptyLists(model));
    if (refined instanceof Mapping) model = refined.without('version');
  }
  return model;
}

function emptyLists(model: Mapping): ReadonlySet<Value> {
  const found = new Set<Value>();
  const open: Value[] = [model];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value instanceof Mapping) for (const entry of value.entries.values()) open.push(entry.value);
    else if (value instanceof List && value.items.length === 0) found.add(value);
    else if (value instanceof List) open.push(...value.items);
  }
  return found;
}

/** The documents of a file with variables put in. Syntax errors are reported; what could be read is used. */
export function readDocuments(file: FileId, scope: LoadScope, at: Span | undefined): readonly Expanded[] {
  const reading = scope.documents.read(file);
  if (reading.kind !== 'text') {
    reportMissing(file, reading, at ?? span(file, 0, 0), scope.problems);
    return [];
  }
  scope.files.add(file);
  const yaml = scope.documents.yaml(reading.source);
  for (const problem of yaml.problems) scope.problems.adopt({ ...problem, refused: true });
  return yaml.documents.map(({ root }) => expand(reading.source, root, project, scope.environment.lookup, scope.problems));
}
