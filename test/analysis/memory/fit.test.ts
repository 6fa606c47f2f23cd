import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import type { Budget } from '../../../src/analysis/memory/budget.ts';
import { boardThatWouldDo } from '../../../src/analysis/memory/fit/boards-that-do.ts';
import { fitStack } from '../../../src/analysis/memory/fit/fit.ts';
import { defaultReserve } from '../../../src/analysis/memory/reserve.ts';
import { runtimes } from '../../../src/analysis/memory/runtimes.ts';
import { serviceMemory, type ServiceMemory } from '../../../src/analysis/memory/stack-memory.ts';
import { service } from './service-builder.ts';

const budgetOf = (size: number): Budget => ({ total: mebibytes(size), available: mebibytes(size), parts: [], notCounted: [] });
const stackOf = (...texts: readonly string[]): ServiceMemory[] => texts.map((text) => serviceMemory(service(text)));

const SHOP = [
  'image: postgres:16',
  'image: redis:7\ncommand: redis-server --maxmemory 128mb',
  'image: node:20\nenvironment: { NODE_OPTIONS: --max-old-space-size=256 }',
  'image: nginx:alpine',
];

describe('the fit of a stack', () => {
  it('gives each service the limit of its peak where there is room', () => {
    const services = stackOf(...SHOP);
    const fit = fitStack(services, budgetOf(4000));
    expect(fit).toMatchObject({ fits: true, gaveUp: 'nothing' });
    expect(fit.fits && fit.services.map((each) => each.limit)).toEqual(services.map((each) => each.recommendedLimit));
  });

  it('turns settings down before it starves what has none', () => {
    const fit = fitStack(stackOf(...SHOP), budgetOf(700));
    if (!fit.fits) throw new Error('a knob for each of them, and still no fit');
    expect(fit.gaveUp).toBe('settings');
    expect(fit.services.map((each) => each.gaveUp)).toEqual(['settings', 'settings', 'settings', 'nothing']);
    expect(fit.need).toBeLessThanOrEqual(mebibytes(630));
    expect(fit.services[1]?.changes.map((change) => change.setting)).toEqual(['--maxmemory']);
  });

  it('says so where the heaviest load has to go, and never goes below what ordinary use needs', () => {
    const services = stackOf('image: grafana/grafana', 'image: jellyfin/jellyfin');
    const fit = fitStack(services, budgetOf(800));
    expect(fit).toMatchObject({ fits: true, gaveUp: 'load' });
    for (const each of fit.fits ? fit.services : []) {
      const { estimate } = each.memory;
      expect(estimate.known && each.limit >= estimate.floor && each.limit >= estimate.typical).toBe(true);
    }
  });

  it('says plainly when nothing fits, and which board would do', () => {
    const services = stackOf(...SHOP, 'image: jellyfin/jellyfin', 'image: grafana/grafana');
    expect(fitStack(services, budgetOf(200))).toMatchObject({ fits: false, unknown: [] });
    expect(boardThatWouldDo(services, defaultReserve)?.id).toBe('pi-4-2gb');
    expect(boardThatWouldDo(services, defaultReserve, 30)).toBeUndefined();
  });

  it('names the services that it cannot weigh', () => {
    expect(fitStack(stackOf('image: own/thing'), budgetOf(4000))).toMatchObject({ fits: false, unknown: ['service'] });
  });

  it('never promises more than the budget, whatever runs side by side', () => {
    const text = fc.constantFrom(...runtimes.flatMap((model) => model.examples.map((example) => example.service)));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 64, max: 8000 }),
        fc.integer({ min: 1, max: 4 }),
        (texts, size, agents) => {
          const fit = fitStack(stackOf(...texts), budgetOf(size), agents);
          if (!fit.fits) return;
          expect(fit.need).toBeLessThanOrEqual(mebibytes(size));
          for (const each of fit.services) expect(each.limit).toBeLessThanOrEqual(each.memory.recommendedLimit!);
        },
      ),
      { numRuns: 100 },
    );
  });
});
