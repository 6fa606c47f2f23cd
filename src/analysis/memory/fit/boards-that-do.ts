import { boards } from '../boards.ts';
import { budgetFor, type Board } from '../budget.ts';
import type { Reserve } from '../reserve.ts';
import type { ServiceMemory } from '../stack-memory.ts';
import { fitStack } from './fit.ts';

/** The smallest 64-bit board on which the stack can be made to fit without losing load; undefined where none is. */
export function boardThatWouldDo(services: readonly ServiceMemory[], reserve: Reserve, agents = 1): Board | undefined {
  const containers = services.reduce((sum, { replicas }) => sum + replicas, 0) * agents;
  return boards
    .filter((board) => board.architectures.includes('arm64'))
    .toSorted((one, other) => one.memTotal - other.memTotal)
    .find((board) => {
      const fit = fitStack(services, budgetFor(board, reserve, containers), agents);
      return fit.fits && fit.gaveUp !== 'load';
    });
}
