import type { Board, Budget } from '../memory/budget.ts';
import type { HostFacts } from '../memory/host.ts';

/**
 * What is known beyond the document. Everything is optional: until a board is known, a rule says only what is
 * true on every board. Live numbers arrive here as plain arguments.
 */
export interface Surroundings {
  readonly board: Board | undefined;
  readonly budget: Budget | undefined;
  readonly host: HostFacts | undefined;
  /** How many instances of the stack shall run side by side. */
  readonly agents: number;
}
