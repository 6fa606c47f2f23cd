import type { FileId } from '../../base/span.ts';
import type { Documents } from '../documents/compose/documents.ts';
import type { Service, Stack } from '../documents/compose/model.ts';
import type { SourceText } from '../documents/source.ts';
import type { Judgement } from '../judgement.ts';
import { lint } from '../lint.ts';
import { parseImage } from '../memory/image-reference.ts';
import { writtenLimit, type ServiceMemory } from '../memory/stack-memory.ts';
import { mountedRules } from '../rules/mounted-rules.generated.ts';
import type { Finding } from '../rules/rule.ts';
import { isSuppressed, lineSuppressions } from '../suppression.ts';
import { contextFiles } from './build-context.ts';
import { containerFile } from './container-file.ts';
import type { MountedFile, NginxFile } from './model.ts';
import { parseNginx } from './nginx-tree.ts';
import { prometheusFiles } from './prometheus.ts';

export interface CheckedMounted {
  readonly findings: readonly Finding[];
  readonly files: readonly FileId[];
}

/** Checks what the stack hands to its programs and builds its images from, each file with what the stack says of it. */
export function checkMounted(
  stack: Stack,
  memory: readonly ServiceMemory[],
  documents: Documents,
  judgement: Judgement,
): CheckedMounted {
  const active = stack.services.filter((service) => service.active);
  const models = [
    ...active.flatMap((service) => prometheusFiles(service, stack, documents)),
    ...active.flatMap((service) => nginxFiles(service, documents)),
    ...contextFiles(memory, documents),
  ];
  return {
    findings: models.flatMap((model) => checkModel(model, judgement)),
    files: [...new Set(models.map(({ source }) => source.file))],
  };
}

/** Checks one file that no stack at hand mounts. */
export function checkMountedFile(
  source: SourceText,
  kind: 'prometheus' | 'nginx',
  documents: Pick<Documents, 'yaml'>,
  judgement: Judgement,
): readonly Finding[] {
  const model: MountedFile =
    kind === 'prometheus'
      ? { kind, source, yaml: documents.yaml(source), container: undefined }
      : { kind, source, directives: parseNginx(source), limit: undefined };
  return checkModel(model, judgement);
}

/** The image's own `nginx.conf` includes `conf.d`, and fills `templates` into it. */
function nginxFiles(service: Service, documents: Documents): readonly NginxFile[] {
  const { image, mounts } = service;
  const base = image?.value === undefined ? undefined : parseImage(image.value)?.base;
  if (base === undefined || !/^(?:nginx|nginx-unprivileged|openresty)$/.test(base)) return [];
  const written = writtenLimit(service);
  const limit = written?.value === undefined || written.value <= 0 ? undefined : { value: written.value, span: written.spans[0] };
  const main = containerFile(service, '/etc/nginx/nginx.conf');
  const others = mounts.flatMap(({ file, type, target }) =>
    type === 'bind' && file !== undefined && /^\/etc\/nginx\/.+\.(?:conf|template)$/.test(target.text) ? [file] : [],
  );
  return [...new Set([...(main === undefined ? [] : [main]), ...others])].flatMap((file): NginxFile[] => {
    const reading = documents.read(file);
    if (reading.kind !== 'text') return [];
    return [{ kind: 'nginx', source: reading.source, directives: parseNginx(reading.source), limit }];
  });
}

function checkModel(model: MountedFile, { surroundings, rules: settings }: Judgement): readonly Finding[] {
  const rules = mountedRules.filter(({ appliesTo }) => appliesTo === model.kind);
  const found = lint({ model, rules, surroundings, settings, yaml: () => undefined, memory: () => [] });
  const suppressions = lineSuppressions(model.source);
  return found.filter((finding) => !isSuppressed(finding, suppressions));
}
