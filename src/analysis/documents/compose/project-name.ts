import { nameOf } from '../../../base/path.ts';
import { fileId, span, type FileId } from '../../../base/span.ts';
import { pairOf } from '../yaml-tree.ts';
import type { Documents } from './documents.ts';
import type { Environment } from './environment.ts';
import { expand } from './expand.ts';
import type { Variable } from './interpolate.ts';
import { Problems } from './problems.ts';
import { project } from './shapes.ts';
import { text as words } from './text.ts';
import { asMapping, asScalar } from './value.ts';

/**
 * The project's name, which every `$` expression may use: from the environment, else from the last file that sets
 * one, else from the folder.
 */
export function projectName(
  files: readonly FileId[],
  folder: FileId,
  environment: Environment,
  documents: Documents,
  problems: Problems,
): Variable {
  const fixed = environment.lookup('COMPOSE_PROJECT_NAME');
  if (fixed !== undefined && fixed.value !== '') {
    if (normalised(fixed.value) !== fixed.value)
      problems.refuse('bad-project-name', span(files[0] ?? folder, 0, 0), words.badProjectName, { name: fixed.value });
    return fixed;
  }
  const written = files.map((file) => writtenName(file, environment, documents)).findLast((name) => name !== undefined);
  const value = normalised(written?.value ?? nameOf(fileId(folder.replace(/\/+$/, ''))));
  if (value === '') problems.refuse('no-project-name', span(files[0] ?? folder, 0, 0), words.noProjectName);
  return { value, origins: written?.origins ?? [] };
}

function writtenName(file: FileId, environment: Environment, documents: Documents): Variable | undefined {
  const reading = documents.read(file);
  if (reading.kind !== 'text') return undefined;
  for (const { root } of documents.yaml(reading.source).documents.toReversed()) {
    const written = pairOf(root, 'name')?.value;
    if (written === undefined || root?.kind !== 'map' || (written.kind === 'scalar' && written.text === '')) continue;
    const only = { ...root, pairs: root.pairs.filter((pair) => pair.key.kind === 'scalar' && pair.key.text === 'name') };
    const expanded = expand(reading.source, only, project, environment.lookup, new Problems()).root;
    const name = asScalar(asMapping(expanded)?.get('name'));
    // A variable that leaves nothing is a name all the same, an empty one: the folder's doesn't step in.
    if (name !== undefined) return { value: name.text, origins: name.origins };
  }
  return undefined;
}

function normalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
