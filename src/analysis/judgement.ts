import { folderOf, isWithin, joinPath } from '../base/path.ts';
import { matchesGlob } from '../base/glob.ts';
import { contains, type FileId } from '../base/span.ts';
import type { Stack } from './documents/compose/model.ts';
import { namedStackOf } from './documents/project/find-project.ts';
import type { Ignore, ProjectFile } from './documents/project/model.ts';
import type { RuleSettings } from './lint.ts';
import { boardById } from './memory/boards.ts';
import type { HostFacts } from './memory/host.ts';
import { defaultReserve, reserveOf } from './memory/reserve.ts';
import type { Finding, Severity } from './rules/rule.ts';
import type { AgentPorts, Surroundings } from './rules/surroundings.ts';

/** What somebody wants, as text: flags of the command line, or settings of the editor. */
export interface Wishes {
  readonly board?: string | undefined;
  readonly reserve?: string | undefined;
  readonly agents?: number | undefined;
  readonly rules?: RuleSettings | undefined;
}

export interface JudgementRequest {
  /** The first file of the stack: it tells development files, and which named stack this is. */
  readonly file: FileId;
  /** Flags win over `headroom.yaml`, and that over settings. */
  readonly flags: Wishes;
  readonly project: ProjectFile | undefined;
  readonly settings: Wishes;
  readonly host?: HostFacts | undefined;
}

/** By what a stack is judged. */
export interface Judgement {
  readonly surroundings: Surroundings;
  readonly rules: RuleSettings;
  readonly project: ProjectFile | undefined;
}

/** Settles who has the say: flag > headroom.yaml > setting > connected host > nobody. */
export function judgementFor({ file, flags, project, settings, host }: JudgementRequest): Judgement {
  const named = project === undefined ? undefined : namedStackOf(file, project);
  const wanted = flags.board ?? named?.board?.value ?? project?.board?.value ?? settings.board;
  const reserve = flags.reserve ?? project?.reserve?.value ?? settings.reserve;
  // A file for the laptop is judged by a board only if somebody names it or asks on the spot.
  const judged = flags.board !== undefined || named !== undefined || !isForDevelopment(file);
  return {
    surroundings: {
      board: judged && wanted !== undefined ? boardById(wanted) : undefined,
      reserve: (reserve === undefined ? undefined : reserveOf(reserve)) ?? defaultReserve,
      host: judged ? host : undefined,
      agents: flags.agents ?? 1,
      importance: project?.importance ?? new Map(),
      agentPorts: project === undefined ? undefined : agentPorts(project),
    },
    rules: new Map([...(settings.rules ?? []), ...projectRules(project), ...(flags.rules ?? [])]),
    project,
  };
}

function agentPorts({ file, agents }: ProjectFile): AgentPorts | undefined {
  if (agents?.ports === undefined) return undefined;
  const template = agents.template === undefined ? undefined : joinPath(folderOf(file), agents.template.value);
  return { ...agents.ports, max: agents.max ?? AGENTS_WITHOUT_A_MAXIMUM, template };
}

/** More than any Pi carries, and few enough that ports far above the base belong to nobody. */
const AGENTS_WITHOUT_A_MAXIMUM = 9;

/** Whether `headroom.yaml` accepts the finding. An entry without a reason accepts nothing: it is a finding itself. */
export function isAccepted(finding: Finding, project: ProjectFile | undefined, stack: Stack | undefined): boolean {
  return project?.ignores.some((ignore) => ignore.reason !== undefined && covers(ignore, finding, project, stack)) ?? false;
}

function covers({ rule, files, service }: Ignore, finding: Finding, project: ProjectFile, stack: Stack | undefined): boolean {
  if (rule.value !== finding.rule && rule.value !== finding.group) return false;
  const folder = folderOf(project.file);
  const path = isWithin(folder, finding.span.file)
    ? finding.span.file.slice(folder.length).replace(/^\//, '')
    : finding.span.file;
  if (files.length > 0 && !files.some((pattern) => matchesGlob(pattern, path))) return false;
  if (service === undefined) return true;
  const named = stack?.services.find(({ name }) => name === service);
  return named !== undefined && [named.nameSpan, ...named.tree.spans].some((span) => contains(span, finding.span));
}

const DEVELOPMENT = /(?:^|\/)\.devcontainer\/|[.-](?:dev|development|test|testing|local|ci)\.ya?ml$/i;

function isForDevelopment(file: FileId): boolean {
  return DEVELOPMENT.test(file);
}

function projectRules(project: ProjectFile | undefined): [string, Severity | 'off'][] {
  return [...(project?.rules ?? [])].flatMap(([rule, { value }]) => {
    const severity = SEVERITIES.find((each) => each === value);
    return severity === undefined ? [] : [[rule, severity]];
  });
}

const SEVERITIES = ['error', 'warning', 'info', 'hint', 'off'] as const;
