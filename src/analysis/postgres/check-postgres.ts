import { folderOf, joinPath } from '../../base/path.ts';
import type { FileId, Span } from '../../base/span.ts';
import type { Stack } from '../documents/compose/model.ts';
import type { ConfFiles } from '../documents/postgres/conf-files.ts';
import type { ContainerContext, Override } from '../documents/postgres/container.ts';
import { includeTargets, readIncluded } from '../documents/postgres/includes.ts';
import type { ConfInclude, PostgresConf } from '../documents/postgres/model.ts';
import { parsePostgresConf } from '../documents/postgres/parse.ts';
import { withReading } from '../documents/postgres/reading.ts';
import type { SourceText } from '../documents/source.ts';
import { mebibytes } from '../../base/bytes.ts';
import type { Judgement } from '../judgement.ts';
import { lint } from '../lint.ts';
import type { ServiceMemory } from '../memory/stack-memory.ts';
import { writtenLimit } from '../memory/stack-memory.ts';
import { postgresRules } from '../rules/postgres-rules.generated.ts';
import type { Finding } from '../rules/rule.ts';
import { isSuppressed, lineSuppressions } from '../suppression.ts';
import { argumentConf } from './argument-conf.ts';
import { linkPostgres, type PostgresLink } from './link.ts';
import { poolsTo } from './pools.ts';

/** Checks one conf file that no stack at hand mounts. */
export function checkConf(source: SourceText, judgement: Judgement, files?: ConfFiles, version?: number): readonly Finding[] {
  return checkModel(withIncludes(parsePostgresConf(source, version), files), judgement);
}

export interface CheckedPostgres {
  readonly findings: readonly Finding[];
  /** The conf files that the stack's servers read, for whoever lists or watches files. */
  readonly files: readonly FileId[];
}

/** Checks what the servers of a stack are given: the conf files that they read, and the settings in `command:`. */
export function checkPostgres(
  stack: Stack,
  memory: readonly ServiceMemory[],
  files: ConfFiles,
  judgement: Judgement,
): CheckedPostgres {
  const findings: Finding[] = [];
  const seen: FileId[] = [];
  for (const { inputs } of memory.filter(({ runtime }) => runtime === 'postgres')) {
    const link = linkPostgres(inputs);
    for (const { conf } of [...linkedConfs(link, stack, files, judgement), ...asideConfs(link, files, seen)]) {
      if (conf.form === 'file') seen.push(conf.source.file);
      findings.push(...checkModel(conf, judgement));
    }
  }
  return { findings, files: seen };
}

/** Every conf of a server as the rules want it: its main file, the files that it includes, its command. */
export function linkedConfs(
  link: PostgresLink,
  stack: Stack,
  files: ConfFiles,
  judgement: Judgement,
): readonly { readonly conf: PostgresConf }[] {
  const sourceOf = ({ file }: Span): SourceText | undefined => textOf(files, file);
  const words = argumentConf(link, sourceOf);
  const container = containerOf(link, stack, judgement, words);
  const main = link.conf === undefined ? undefined : textOf(files, link.conf);
  const confs = main === undefined ? [] : withIncluded(parsePostgresConf(main, link.version), files, new Set());
  const linked = confs.map((conf, at): PostgresConf => {
    if (at > 0) return { ...conf, container: { ...container, role: 'included' } };
    return {
      ...conf,
      container: { ...container, overridden: new Map([...overriddenByIncludes(conf, files), ...container.overridden]) },
    };
  });
  // With a file of its own in the project, the file is where the memory is spoken of.
  const role = main === undefined ? 'main' : 'included';
  const command =
    words === undefined ? [] : [{ ...words, container: { ...container, role, overridden: new Map() } as ContainerContext }];
  return [...linked, ...command].map((conf) => ({ conf }));
}

/** Mounted, but not read by the server as the stack has it: judged by themselves, for the day when they are. */
function asideConfs(
  { aside, conf, version }: PostgresLink,
  files: ConfFiles,
  seen: readonly FileId[],
): readonly { readonly conf: PostgresConf }[] {
  return aside.flatMap(({ file }) => {
    const source = file === conf || seen.includes(file) ? undefined : textOf(files, file);
    return source === undefined ? [] : [{ conf: withIncludes(parsePostgresConf(source, version), files) }];
  });
}

function containerOf(
  { service, inputs }: PostgresLink,
  stack: Stack,
  { surroundings }: Judgement,
  words: PostgresConf | undefined,
): ContainerContext {
  return {
    service: service.name,
    role: 'main',
    limit: inputs.limit,
    limitSpan: writtenLimit(service)?.spans[0],
    cores: inputs.cores,
    storage: surroundings.host?.storage,
    shm: service.memory.shm?.value ?? mebibytes(64),
    shmSpan: service.memory.shm?.spans[0],
    pools: poolsTo(service, stack),
    overridden: overriddenBy(words),
  };
}

function overriddenBy(words: PostgresConf | undefined): ReadonlyMap<string, Override> {
  const settings = words?.entries.filter((entry) => entry.kind === 'setting') ?? [];
  return new Map(settings.map(({ name, value, span }) => [name.toLowerCase(), { by: 'command', value, span }]));
}

/** Settings whose deciding line stands in an included file. */
function overriddenByIncludes({ source: { file } }: PostgresConf, files: ConfFiles): ReadonlyMap<string, Override> {
  const deciding = new Map(
    readIncluded(file, files, 'main').settings.map(({ setting }) => [setting.name.toLowerCase(), setting]),
  );
  const elsewhere = [...deciding].filter(([, { span }]) => span.file !== file);
  return new Map(elsewhere.map(([name, { value, span }]) => [name, { by: 'include', value, span }]));
}

/** A file and those that it includes, each once. */
function withIncluded(conf: PostgresConf, files: ConfFiles, seen: Set<FileId>): readonly PostgresConf[] {
  seen.add(conf.source.file);
  const whole = withIncludes(conf, files);
  const targets = whole.entries.flatMap((entry) =>
    entry.kind === 'include' ? (includeTargets(entry, conf.source.file, files) ?? []) : [],
  );
  const included = targets.flatMap((file) => {
    const source = seen.has(file) ? undefined : textOf(files, file);
    return source === undefined ? [] : withIncluded(parsePostgresConf(source, conf.version), files, seen);
  });
  return [whole, ...included];
}

/** Absolute includes speak of the container's files; what lies there is not for us to say. */
function withIncludes(conf: PostgresConf, files: ConfFiles | undefined): PostgresConf {
  if (files === undefined) return conf;
  const missing = conf.entries.filter((entry): entry is ConfInclude => {
    if (entry.kind !== 'include' || entry.path.startsWith('/') || entry.path.trim() === '') return false;
    if (entry.directive === 'include_if_exists') return false;
    const target = joinPath(folderOf(conf.source.file), entry.path);
    return (entry.directive === 'include_dir' ? files.list(target) : files.read(target)).kind === 'missing';
  });
  return { ...conf, missingIncludes: missing };
}

function checkModel(conf: PostgresConf, { surroundings, rules: settings }: Judgement): readonly Finding[] {
  const model = withReading(conf);
  const found = lint({ model, rules: postgresRules, surroundings, settings, yaml: () => undefined, memory: () => [] });
  const suppressions = model.form === 'file' ? lineSuppressions(model.source) : [];
  return found.filter((finding) => !isSuppressed(finding, suppressions));
}

function textOf(files: ConfFiles, file: FileId): SourceText | undefined {
  const reading = files.read(file);
  return reading.kind === 'text' ? reading.source : undefined;
}
