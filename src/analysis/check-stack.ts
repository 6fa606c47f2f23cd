import { once } from '../base/once.ts';
import type { FileId } from '../base/span.ts';
import { resolveStack, type Documents, type StackRequest } from './documents/compose/resolve.ts';
import type { Stack } from './documents/compose/model.ts';
import type { StackCache } from './documents/compose/stack-cache.ts';
import type { YamlFile } from './documents/yaml-tree.ts';
import type * as dockerfileModule from './dockerfile/check-dockerfiles.ts';
import { inOrder } from './findings.ts';
import { isAccepted, type Judgement } from './judgement.ts';
import { lint } from './lint.ts';
import { agentsOn, stackMemory, type AgentRow, type ServiceMemory } from './memory/stack-memory.ts';
import type * as mountedModule from './mounted/check-mounted.ts';
import type * as postgresModule from './postgres/check-postgres.ts';
import { composeRules } from './rules/compose-rules.generated.ts';
import type { Finding } from './rules/rule.ts';
import type { Surroundings } from './rules/surroundings.ts';
import { isSuppressed, yamlSuppressions } from './suppression.ts';

export interface StackCheckRequest {
  readonly stack: StackRequest;
  readonly documents: Documents;
  readonly judgement: Judgement;
  readonly parts: Parts;
  /** Remembers resolved stacks from run to run, for whoever checks again and again. */
  readonly stacks?: StackCache;
}

/**
 * Languages whose code comes in bundles of its own. Without a part its files are not looked at, and `missingParts`
 * says that it is wanted: whoever calls loads it and checks again.
 */
export interface Parts {
  readonly postgres?: PostgresPart;
  readonly dockerfile?: DockerfilePart;
  readonly mounted?: MountedPart;
}

export type PartName = keyof Parts;
type PostgresPart = typeof postgresModule;
type DockerfilePart = typeof dockerfileModule;
type MountedPart = typeof mountedModule;

export interface CheckedStack {
  readonly stack: Stack;
  readonly surroundings: Surroundings;
  readonly findings: readonly Finding[];
  readonly memory: () => readonly ServiceMemory[];
  /** The verdict; undefined while no board is known, and nobody guesses one. */
  readonly judged: () => AgentRow | undefined;
  /** Files that analysis would look at and the reader hasn't got: fetch them and check again. */
  readonly wanted: readonly FileId[];
  readonly missingParts: readonly PartName[];
  /** Everything that findings may lie in: the stack's own files, and conf files and Dockerfiles that belong to it. */
  readonly files: readonly FileId[];
}

/** The one function that every front end calls for a stack: from files to findings, over all files it pulls in. */
export function checkStack({ stack: request, documents, judgement, parts, stacks }: StackCheckRequest): CheckedStack {
  const stack = stacks?.resolve(request, documents) ?? resolveStack(request, documents);
  const { surroundings, rules: settings, project } = judgement;
  const yaml = (file: FileId): YamlFile | undefined => {
    const reading = documents.read(file);
    return reading.kind === 'text' ? documents.yaml(reading.source) : undefined;
  };
  const parseDockerfile = parts.dockerfile?.parseDockerfile;
  const memory = once(() =>
    stackMemory(stack, { board: surroundings.board, host: surroundings.host, files: documents, dockerfile: parseDockerfile }),
  );
  const judged = once(() => verdictOn(memory(), surroundings));
  const postgres = runsPostgres(stack, memory) ? parts.postgres?.checkPostgres(stack, memory(), documents, judgement) : NOTHING;
  const dockerfile = builds(stack) ? parts.dockerfile?.checkDockerfiles(stack, documents, judgement) : NOTHING;
  const mounted = handsOver(stack) ? parts.mounted?.checkMounted(stack, memory(), documents, judgement) : NOTHING;
  const found = lint({ model: stack, rules: composeRules, surroundings, settings, yaml, memory });
  const suppressions = stack.files.flatMap((file) => {
    const written = yaml(file);
    return written === undefined ? [] : yamlSuppressions(written);
  });
  const all = [...found, ...(postgres?.findings ?? []), ...(dockerfile?.findings ?? []), ...(mounted?.findings ?? [])];
  const findings = inOrder(all.filter((finding) => !isSuppressed(finding, suppressions) && !isAccepted(finding, project, stack)));
  const missingParts = [
    ...(postgres === undefined ? ['postgres' as const] : []),
    ...(dockerfile === undefined ? ['dockerfile' as const] : []),
    ...(mounted === undefined ? ['mounted' as const] : []),
  ];
  const files = [...stack.files, ...(postgres?.files ?? []), ...(dockerfile?.files ?? []), ...(mounted?.files ?? [])];
  return { stack, surroundings, findings, memory, judged, wanted: documents.wanted, missingParts, files };
}

const NOTHING = { findings: [], files: [] };

/** The PostgreSQL bundle is large: it is wanted only where a server is given settings or a file. */
function runsPostgres(stack: Stack, memory: () => readonly ServiceMemory[]): boolean {
  const tuned = stack.services.some(
    ({ command, mounts, environment }) =>
      command?.words.some(({ text }) => text.startsWith('-')) === true ||
      mounts.some(({ target }) => target.text.endsWith('.conf')) ||
      environment.has('POSTGRES_INITDB_ARGS'),
  );
  return tuned && memory().some(({ runtime }) => runtime === 'postgres');
}

function builds(stack: Stack): boolean {
  return stack.services.some(({ active, build }) => active && build?.file !== undefined);
}

/** What is mounted where nginx and Prometheus look for their settings, and what images are built from. */
function handsOver(stack: Stack): boolean {
  const settings = /^\/etc\/(?:nginx|prometheus)(?:\/|$)/;
  return (
    builds(stack) ||
    stack.services.some(({ active, mounts }) => active && mounts.some(({ target }) => settings.test(target.text)))
  );
}

function verdictOn(services: readonly ServiceMemory[], { board, reserve, host, agents }: Surroundings): AgentRow | undefined {
  return board === undefined ? undefined : agentsOn(services, { board, reserve, host }, agents);
}
