import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileId } from '../../src/base/span.ts';
import { Documents, ParseCache, resolveStack } from '../../src/analysis/documents/compose/resolve.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import { budgetFor } from '../../src/analysis/memory/budget.ts';
import { fitStack } from '../../src/analysis/memory/fit/fit.ts';
import { defaultReserve } from '../../src/analysis/memory/reserve.ts';
import { agentsOn, stackMemory, type ServiceMemory } from '../../src/analysis/memory/stack-memory.ts';
import { DiskFiles } from '../../src/cli/disk-files.ts';
import { sharedFolder } from './shared-folder.ts';

const files = new DiskFiles();
const cache = new ParseCache();

function memoryOf(path: string, board: string): readonly ServiceMemory[] {
  const documents = new Documents(files, cache);
  const stack = resolveStack({ files: [fileId(path)], environment: new Map(), profiles: [] }, documents);
  return stackMemory(stack, { board: boardById(board), files: documents });
}

describe.runIf(sharedFolder)('the stacks that the product was asked for', () => {
  const stack = (name: string, board = 'pi-zero-2w') => memoryOf(join(sharedFolder ?? '', 'stacks', name), board);
  const verdictOf = (services: readonly ServiceMemory[], board: string, count = 1) =>
    agentsOn(services, { board: boardById(board)!, reserve: defaultReserve }, count).verdict;

  it('knows every service of the agents on the Zero, and that one agent is already too much', () => {
    const services = stack('zero/docker-compose.agent-template.yml');
    expect(services.map((each) => each.runtime)).toEqual(['postgres', 'dotnet', 'node']);
    expect(services.map((each) => (each.estimate.known && each.limit ? each.limit < each.estimate.peak : false))).toEqual([
      true,
      false,
      true,
    ]);
    expect(verdictOf(services, 'pi-zero-2w')).toBe('overcommitted');
    expect(verdictOf(services, 'pi-4-4gb', 4)).toBe('fits');
  });

  it('sees that Grafana cannot live in 64M, and that Prometheus can only just start there', () => {
    const services = stack('production/docker-compose.prod.yml');
    const below = services.filter((each) => each.estimate.known && each.limit !== undefined && each.limit < each.estimate.floor);
    expect(below.map((each) => each.service.name)).toEqual(['grafana']);
    expect(verdictOf(services, 'pi-zero-2w')).toBe('cannot-fit');
  });
});

describe.runIf(sharedFolder)('the corpus', () => {
  it('is estimated without a slip: every number adds up, every unknown says what is missing, every fit keeps its budget', () => {
    const root = join(sharedFolder ?? '', 'corpus/compose');
    const board = boardById('pi-4-2gb')!;
    let services = 0;
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path))) {
      const memory = memoryOf(join(root, name), board.id);
      for (const { estimate, recommendedLimit } of memory) {
        services++;
        if (!estimate.known) expect(estimate.missing, name).toBeTruthy();
        else expect(recommendedLimit, name).toBeGreaterThanOrEqual(estimate.floor);
      }
      const budget = budgetFor(board, defaultReserve, memory.length);
      const fit = fitStack(memory, budget);
      if (fit.fits) expect(fit.need, name).toBeLessThanOrEqual(budget.available);
    }
    expect(services).toBeGreaterThan(2000);
  }, 120_000);
});
