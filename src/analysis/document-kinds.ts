import { nameOf } from '../base/path.ts';
import type { FileId } from '../base/span.ts';

export type DocumentKind = 'compose' | 'postgres-conf' | 'dockerfile' | 'project' | 'prometheus' | 'nginx';

/** What a file is by its name; undefined where the name doesn't tell. A stack may still mount it as something. */
export function kindOf(file: FileId): DocumentKind | undefined {
  const name = nameOf(file);
  return PATTERNS.find(([, pattern]) => pattern.test(name))?.[0];
}

const PATTERNS: readonly (readonly [DocumentKind, RegExp])[] = [
  ['project', /^headroom\.ya?ml$/i],
  ['compose', /^(?:compose(?:\.[^/]+)?|docker-compose[^/]*|[^/]+\.compose)\.ya?ml$/i],
  ['postgres-conf', /^postgresql[^/]*\.conf$/i],
  ['prometheus', /^prometheus\.ya?ml$/i],
  ['nginx', /^nginx\.conf$/i],
  ['dockerfile', /^(?:Dockerfile(?:\.[^/]+)?|[^/]+\.Dockerfile|Containerfile(?:\.[^/]+)?)$/i],
];
