import type { FileId } from '../../base/span.ts';
import type { Board } from '../memory/budget.ts';
import type { HostFacts } from '../memory/host.ts';
import type { Reserve } from '../memory/reserve.ts';

/**
 * What is known beyond the documents. Until a board is known, a rule says only what is true on every board. Live
 * numbers arrive here as plain arguments.
 */
export interface Surroundings {
  readonly board: Board | undefined;
  readonly reserve: Reserve;
  readonly host: HostFacts | undefined;
  /** How many instances of the stack shall run side by side. */
  readonly agents: number;
  /** By service, from `headroom.yaml`: the higher, the later it is stopped. */
  readonly importance: ReadonlyMap<string, number>;
  /** Ports that `headroom.yaml` keeps for numbered instances of a template. */
  readonly agentPorts?: AgentPorts | undefined;
}

/** Port k of agent n, from 1 to `max`, is `base + step * n + k`. */
export interface AgentPorts {
  readonly base: number;
  readonly step: number;
  readonly max: number;
  /** The stack whose ports they are. */
  readonly template: FileId | undefined;
}
