import type { FileId } from '../../base/span.ts';
import type { Stack } from '../documents/compose/model.ts';
import { parseDockerfile } from '../documents/dockerfile/dockerfile.ts';
import { stageOf, type BuiltBy, type Dockerfile } from '../documents/dockerfile/model.ts';
import type { FileReader, SourceText } from '../documents/source.ts';
import type { Judgement } from '../judgement.ts';
import { lint } from '../lint.ts';
import { writtenLimit } from '../memory/stack-memory.ts';
import { dockerfileRules } from '../rules/dockerfile-rules.generated.ts';
import type { Finding } from '../rules/rule.ts';
import { isSuppressed, lineSuppressions } from '../suppression.ts';

export { parseDockerfile };

/** Checks one Dockerfile by itself. */
export function checkDockerfile(source: SourceText, judgement: Judgement): readonly Finding[] {
  return checkModel(parseDockerfile(source), source, judgement);
}

export interface CheckedDockerfiles {
  readonly findings: readonly Finding[];
  readonly files: readonly FileId[];
}

/** Checks the Dockerfiles that the services of a stack are built from, each with what its service says of it. */
export function checkDockerfiles(stack: Stack, files: FileReader, judgement: Judgement): CheckedDockerfiles {
  const builds = new Map<FileId, BuiltBy[]>();
  for (const service of stack.services.filter(({ active }) => active)) {
    const { build, command, entrypoint } = service;
    if (build?.file === undefined || build.dockerfileInline !== undefined) continue;
    const limit = writtenLimit(service)?.value;
    const built: BuiltBy = {
      service: service.name,
      target: build.target?.value,
      limit,
      commanded: command !== undefined || entrypoint !== undefined,
    };
    builds.set(build.file, [...(builds.get(build.file) ?? []), built]);
  }
  const checked = [...builds].flatMap(([file, builtBy]) => {
    const reading = files.read(file);
    if (reading.kind !== 'text') return [];
    const model = { ...parseDockerfile(reading.source), builtBy };
    return [{ file, findings: checkModel(model, reading.source, judgement) }];
  });
  return { findings: checked.flatMap(({ findings }) => findings), files: checked.map(({ file }) => file) };
}

function checkModel(model: Dockerfile, source: SourceText, { surroundings, rules: settings }: Judgement): readonly Finding[] {
  if (stageOf(model) === undefined) return [];
  const found = lint({ model, rules: dockerfileRules, surroundings, settings, yaml: () => undefined, memory: () => [] });
  const suppressions = lineSuppressions(source);
  return found.filter((finding) => !isSuppressed(finding, suppressions));
}
