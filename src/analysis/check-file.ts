import type { FileId } from '../base/span.ts';
import type { PartName, Parts } from './check-stack.ts';
import type { Documents } from './documents/compose/resolve.ts';
import { readProject } from './documents/project/read-project.ts';
import type { SourceText } from './documents/source.ts';
import { inOrder } from './findings.ts';
import type { DocumentKind } from './document-kinds.ts';
import type { Judgement } from './judgement.ts';
import { lint } from './lint.ts';
import { projectRules } from './rules/project-rules.generated.ts';
import type { Finding } from './rules/rule.ts';

export interface CheckedFile {
  readonly findings: readonly Finding[];
  readonly wanted: readonly FileId[];
  readonly missingParts: readonly PartName[];
}

/** Checks a file that is no stack, by itself: what a stack would tell of it is not known here. */
export function checkFile(
  file: FileId,
  kind: Exclude<DocumentKind, 'compose'>,
  { documents, judgement, parts }: { readonly documents: Documents; readonly judgement: Judgement; readonly parts: Parts },
): CheckedFile {
  const reading = documents.read(file);
  const found = reading.kind === 'text' ? findingsIn(reading.source, kind, documents, judgement, parts) : [];
  const missingParts: PartName[] = found !== undefined || kind === 'project' ? [] : [PART_OF[kind]];
  return { findings: inOrder(found ?? []), wanted: documents.wanted, missingParts };
}

const PART_OF = { 'postgres-conf': 'postgres', dockerfile: 'dockerfile', prometheus: 'mounted', nginx: 'mounted' } as const;

/** Undefined where the part that reads such a file isn't loaded. */
function findingsIn(
  source: SourceText,
  kind: Exclude<DocumentKind, 'compose'>,
  documents: Documents,
  judgement: Judgement,
  parts: Parts,
): readonly Finding[] | undefined {
  switch (kind) {
    case 'postgres-conf':
      return parts.postgres?.checkConf(source, judgement, documents);
    case 'dockerfile':
      return parts.dockerfile?.checkDockerfile(source, judgement);
    case 'prometheus':
    case 'nginx':
      return parts.mounted?.checkMountedFile(source, kind, documents, judgement);
    case 'project': {
      const { surroundings, rules: settings } = judgement;
      const model = readProject(documents.yaml(source));
      return lint({ model, rules: projectRules, surroundings, settings, yaml: () => undefined, memory: () => [] });
    }
  }
}
