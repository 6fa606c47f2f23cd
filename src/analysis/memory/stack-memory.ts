import type { Bytes } from '../../base/bytes.ts';
import type { Service, Stack } from '../documents/compose/model.ts';
import type { Located } from '../documents/located.ts';
import type { FileReader } from '../documents/source.ts';
import { budgetFor, type Board, type Budget, type Verdict } from './budget.ts';
import type { Estimate } from './estimate.ts';
import type { HostFacts } from './host.ts';
import { recommendedLimit } from './limits.ts';
import type { Reserve } from './reserve.ts';
import type { RuntimeInputs } from './runtime-model.ts';
import { runtimeOf } from './runtimes.ts';
import { serviceInputs, type DockerfileReader } from './service-inputs.ts';
import { unknown } from './regions.ts';
import { judge, type Claim } from './verdict.ts';

/** What an estimate may look at beyond the stack. Everything missing only makes it less sure. */
export interface MemoryContext {
  readonly board?: Board | undefined;
  readonly host?: HostFacts | undefined;
  /** For mounted conf files and Dockerfiles. */
  readonly files?: FileReader | undefined;
  readonly dockerfile?: DockerfileReader | undefined;
}

/** One service of a stack with its numbers. */
export interface ServiceMemory {
  readonly service: Service;
  readonly inputs: RuntimeInputs;
  /** The runtime's id; undefined where nothing recognised the service. */
  readonly runtime: string | undefined;
  readonly replicas: number;
  /** The limit in the file; `deploy` wins over `mem_limit`, and 0 is none. */
  readonly limit: Bytes | undefined;
  /** A limit is written, but what it says can't be known. */
  readonly limitUnknown: boolean;
  readonly estimate: Estimate;
  readonly recommendedLimit: Bytes | undefined;
}

/** Every active service of the stack, in file order. */
export function stackMemory(stack: Stack, context: MemoryContext = {}): readonly ServiceMemory[] {
  return stack.services.filter((service) => service.active).map((service) => serviceMemory(service, context));
}

export function serviceMemory(service: Service, context: MemoryContext = {}): ServiceMemory {
  const written = writtenLimit(service);
  const limit = written?.value !== undefined && written.value > 0 ? written.value : undefined;
  const inputs = serviceInputs(service, limit, context);
  const model = runtimeOf(inputs);
  return {
    service,
    inputs,
    runtime: model?.id,
    replicas: service.replicas?.value ?? 1,
    limit,
    limitUnknown: written !== undefined && written.value === undefined,
    estimate: model?.estimate(inputs) ?? unknown(undefined, service.image === undefined ? 'runtime' : 'image'),
    recommendedLimit: model === undefined ? undefined : recommendedLimit(model, inputs),
  };
}

/** The limit that decides, as Compose has it. */
export function writtenLimit(service: Service): Located<Bytes> | undefined {
  const { deployLimit, limit } = service.memory;
  return deployLimit?.value === 0 ? limit : (deployLimit ?? limit);
}

/** So many instances of a stack on one board. */
export interface AgentRow {
  readonly board: Board;
  readonly count: number;
  readonly verdict: Verdict;
  readonly need: Bytes;
  readonly floors: Bytes;
  readonly budget: Budget;
}

/** The verdict over `count` instances of the stack side by side; each container costs its shim too. */
export function agentsOn(
  services: readonly ServiceMemory[],
  place: { readonly board: Board; readonly reserve: Reserve; readonly host?: HostFacts | undefined },
  count: number,
): AgentRow {
  const containers = services.reduce((sum, { replicas }) => sum + replicas, 0) * count;
  const budget = budgetFor(place.board, place.reserve, containers, place.host);
  return {
    board: place.board,
    count,
    budget,
    ...judge(
      services.map((each) => claimOf(each, count)),
      budget,
    ),
  };
}

function claimOf({ limit, estimate, replicas }: ServiceMemory, agents: number): Claim {
  const peak = estimate.known ? estimate.peak : undefined;
  return {
    need: limit ?? peak,
    floor: estimate.known ? estimate.floor : undefined,
    count: replicas * agents,
  };
}

/** What is not known of a stack's need: services with neither a limit nor an estimate. */
export function unknownServices(services: readonly ServiceMemory[]): readonly ServiceMemory[] {
  return services.filter((each) => each.limit === undefined && !each.estimate.known && each.replicas > 0);
}
