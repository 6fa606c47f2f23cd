import type { FileId } from '../base/span.ts';
import { resolveStack, type Documents, type StackRequest } from './documents/compose/resolve.ts';
import type { Stack } from './documents/compose/model.ts';
import type { YamlFile } from './documents/yaml-tree.ts';
import { inOrder } from './findings.ts';
import { isAccepted, type Judgement } from './judgement.ts';
import { lint } from './lint.ts';
import type { DockerfileReader } from './memory/service-inputs.ts';
import { agentsOn, stackMemory, type AgentRow, type ServiceMemory } from './memory/stack-memory.ts';
import { composeRules } from './rules/compose-rules.generated.ts';
import type { Finding } from './rules/rule.ts';
import type { Surroundings } from './rules/surroundings.ts';
import { isSuppressed, yamlSuppressions } from './suppression.ts';

export interface StackCheckRequest {
  readonly stack: StackRequest;
  readonly documents: Documents;
  readonly judgement: Judgement;
  /** From the bundle that is loaded on first need; without it `build:` only says less. */
  readonly dockerfile?: DockerfileReader;
}

export interface CheckedStack {
  readonly stack: Stack;
  readonly surroundings: Surroundings;
  readonly findings: readonly Finding[];
  readonly memory: () => readonly ServiceMemory[];
  /** The verdict; undefined while no board is known, and nobody guesses one. */
  readonly judged: () => AgentRow | undefined;
  /** Files that analysis would look at and the reader hasn't got: fetch them and check again. */
  readonly wanted: readonly FileId[];
}

/** The one function that every front end calls for a stack: from files to findings, over all files it pulls in. */
export function checkStack({ stack: request, documents, judgement, dockerfile }: StackCheckRequest): CheckedStack {
  const stack = resolveStack(request, documents);
  const { surroundings, rules: settings, project } = judgement;
  const yaml = (file: FileId): YamlFile | undefined => {
    const reading = documents.read(file);
    return reading.kind === 'text' ? documents.yaml(reading.source) : undefined;
  };
  const memory = once(() =>
    stackMemory(stack, { board: surroundings.board, host: surroundings.host, files: documents, dockerfile }),
  );
  const found = lint({ model: stack, rules: composeRules, surroundings, settings, yaml, memory });
  const suppressions = stack.files.flatMap((file) => {
    const written = yaml(file);
    return written === undefined ? [] : yamlSuppressions(written);
  });
  const findings = inOrder(
    found.filter((finding) => !isSuppressed(finding, suppressions) && !isAccepted(finding, project, stack)),
  );
  const judged = once(() => verdictOn(memory(), surroundings));
  return { stack, surroundings, findings, memory, judged, wanted: documents.wanted };
}

function verdictOn(services: readonly ServiceMemory[], { board, reserve, host, agents }: Surroundings): AgentRow | undefined {
  return board === undefined ? undefined : agentsOn(services, { board, reserve, host }, agents);
}

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
