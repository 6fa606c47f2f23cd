import type { Bytes } from '../../base/bytes.ts';
import type { Service } from '../documents/compose/model.ts';
import { inherited, rootImage, stageOf, type Dockerfile, type Instruction } from '../documents/dockerfile/model.ts';
import type { Located } from '../documents/located.ts';
import type { FileReader, SourceText } from '../documents/source.ts';
import type { Board } from './budget.ts';
import { withSeen } from './program.ts';
import type { HostFacts } from './host.ts';
import type { RuntimeInputs } from './runtime-model.ts';

/** The Dockerfile parser comes in a bundle of its own; whoever has loaded it hands it in. */
export type DockerfileReader = (source: SourceText) => Dockerfile;

/** Gathers what a runtime may look at: the service, the files mounted into it, its Dockerfile, the machine. */
export function serviceInputs(
  service: Service,
  limit: Bytes | undefined,
  context: {
    readonly board?: Board | undefined;
    readonly host?: HostFacts | undefined;
    readonly files?: FileReader | undefined;
    readonly dockerfile?: DockerfileReader | undefined;
  },
): RuntimeInputs {
  const { board, host, files } = context;
  const dockerfile = files === undefined ? undefined : readDockerfile(service, files, context.dockerfile);
  return withSeen({
    service,
    limit,
    boardMemory: host?.memoryTotal ?? board?.memTotal,
    cores: coresOf(service, host?.cpus ?? board?.cores),
    ...(files === undefined ? {} : { files: mountedTexts(service, files) }),
    ...(dockerfile === undefined ? {} : { dockerfile }),
  });
}

/** `cpus` doesn't hide cores from a program that counts them: only a cpuset does. */
function coresOf(service: Service, cores: number | undefined): number | undefined {
  const cpuset = service.tree.entries.get('cpuset')?.value;
  if (cpuset?.kind !== 'scalar' || typeof cpuset.value !== 'string' || !/^[\d,-]+$/.test(cpuset.value)) return cores;
  const counts = cpuset.value.split(',').map((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return last - first + 1;
  });
  const count = counts.reduce((sum, each) => sum + each, 0);
  return count > 0 && count < 1024 ? count : cores;
}

/** Only files that look like settings: a mounted folder is not walked, and data is not read. */
const CONF = /\.(?:conf|cnf|cfg|ini|ya?ml|toml|json|template)$|Caddyfile$/;

function mountedTexts(service: Service, files: FileReader): ReadonlyMap<string, SourceText> {
  const texts = new Map<string, SourceText>();
  for (const mount of service.mounts) {
    const target = mount.target.value;
    if (mount.file === undefined || target === undefined || !CONF.test(target)) continue;
    const reading = files.read(mount.file);
    if (reading.kind === 'text') texts.set(target, reading.source);
  }
  return texts;
}

function readDockerfile(service: Service, files: FileReader, parse: DockerfileReader | undefined): RuntimeInputs['dockerfile'] {
  const file = service.build?.file;
  if (file === undefined || parse === undefined) return undefined;
  const reading = files.read(file);
  if (reading.kind !== 'text') return undefined;
  const stage = stageOf(parse(reading.source), service.build?.target?.value);
  if (stage === undefined) return undefined;
  const command = [...wordsOf(inherited(stage, 'ENTRYPOINT')), ...wordsOf(inherited(stage, 'CMD'))];
  return { baseImage: rootImage(stage), command };
}

/** The form without brackets is a line for the shell; its words are the instruction's all the same. */
function wordsOf(instruction: Instruction | undefined): readonly Located<string>[] {
  return (instruction?.words ?? []).map(({ text, span }) => ({ value: text, text, spans: [span], origins: [] }));
}
