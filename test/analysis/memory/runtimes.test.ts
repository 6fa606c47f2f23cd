import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, mebibytes, type Bytes } from '../../../src/base/bytes.ts';
import type { KnownEstimate } from '../../../src/analysis/memory/estimate.ts';
import { limitFor, recommendedLimit, withMargin } from '../../../src/analysis/memory/limits.ts';
import type { RuntimeInputs } from '../../../src/analysis/memory/runtime-model.ts';
import { runtimeOf, runtimes } from '../../../src/analysis/memory/runtimes.ts';
import { inputs } from './service-builder.ts';
import { settingsThatGrow } from './settings-that-grow.ts';

const service = fc.constantFrom(...runtimes.flatMap((model) => model.examples.map((example) => example.service)));
const limit = fc.option(fc.integer({ min: 6, max: 4096 }).map(mebibytes), { nil: undefined });

describe.each(runtimes.map((model) => [model.id, model] as const))('the model of %s', (_id, model) => {
  it('has examples and references that a reader can check', () => {
    expect(model.examples.length).toBeGreaterThan(0);
    if (model.id !== 'catalogue') expect(model.references.length).toBeGreaterThan(0);
  });

  it.each(model.examples.map((example) => [example.because, example] as const))('gives its example: %s', (_because, example) => {
    const given = inputs(example.service, { limit: example.limit, cores: 4 });
    expect(runtimeOf(given)?.id).toBe(model.id);
    const estimate = model.estimate(given);
    expect(estimate.known && Math.round(estimate.peak / 1024 ** 2)).toBe(Math.round(example.peak / 1024 ** 2));
  });

  it('explains every number by regions with an origin', () => {
    for (const example of model.examples) {
      const estimate = model.estimate(inputs(example.service, { limit: example.limit, cores: 4 })) as KnownEstimate;
      const counted = estimate.regions.filter((region) => region.class !== 'cache');
      expect(counted.reduce((sum, region) => sum + region.peak, 0)).toBe(estimate.peak);
      expect(counted.reduce((sum, region) => sum + region.typical, 0)).toBe(estimate.typical);
      for (const region of estimate.regions) {
        expect(region.peak).toBeGreaterThanOrEqual(region.typical);
        expect(JSON.stringify(region.from).length).toBeGreaterThan(20);
      }
      expect(estimate.floor).toBeGreaterThan(0);
    }
  });
});

describe('every model', () => {
  it('answers for any service, with numbers that can be added', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '-c',
        '--',
        'sh',
        '-c',
        'redis-server',
        'postgres',
        '--maxmemory',
        '-m',
        'NaN',
        '-1',
        '1e999',
        '${X}',
        '-Xmx',
      ),
    );
    const name = fc.constantFrom(
      'NODE_OPTIONS',
      'JAVA_TOOL_OPTIONS',
      'GOMEMLIMIT',
      'DOTNET_GCHeapHardLimit',
      'WEB_CONCURRENCY',
      'PGDATA',
    );
    fc.assert(
      fc.property(fc.array(word), fc.dictionary(name, word), fc.string(), limit, (command, environment, image, limited) => {
        const given = inputs(JSON.stringify({ image, command, environment }), { limit: limited });
        for (const model of runtimes) {
          const estimate = model.estimate(given);
          if (estimate.known) {
            for (const size of [estimate.floor, estimate.typical, estimate.peak]) expect(Number.isSafeInteger(size)).toBe(true);
            expect(estimate.peak).toBeGreaterThanOrEqual(estimate.typical);
          } else expect(estimate.missing).toBeTruthy();
          model.detects(given);
          model.fitTo?.(given, limited ?? mebibytes(64));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that can fit, fits: peak and floor lie within the limit, and nothing is raised', () => {
    fc.assert(
      fc.property(service, fc.integer({ min: 6, max: 2048 }).map(mebibytes), (text, limited) => {
        const given = inputs(text, { limit: limited });
        const model = runtimeOf(given)!;
        const fitting = model.fitTo?.(given, limited);
        if (fitting === undefined) return;
        expect(withMargin(fitting.estimate.peak)).toBeLessThanOrEqual(limited);
        expect(fitting.estimate.floor).toBeLessThanOrEqual(limited);
        const before = model.estimate(given) as KnownEstimate;
        if (fitting.changes.length > 0) expect(fitting.estimate.peak).toBeLessThan(before.peak);
      }),
      { numRuns: 400 },
    );
  });

  it('recommends a limit under which its own peak lives with the margin', () => {
    fc.assert(
      fc.property(service, (text) => {
        const given = inputs(text);
        const model = runtimeOf(given)!;
        const recommended = recommendedLimit(model, given)!;
        expect(recommended % mebibytes(8)).toBe(0);
        const estimate = model.estimate({ ...given, limit: recommended }) as KnownEstimate;
        expect(limitFor(estimate)).toBeLessThanOrEqual(recommended);
      }),
    );
  });
});

describe.each(settingsThatGrow)('more $setting', ({ compose, from, to }) => {
  const peakAt = (value: number): Bytes => {
    const given: RuntimeInputs = inputs(compose(value));
    const estimate = runtimeOf(given)!.estimate(given);
    return estimate.known ? estimate.peak : bytes(Number.NaN);
  };

  it('never lowers the peak', () => {
    fc.assert(
      fc.property(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }), (one, other) => {
        expect(peakAt(Math.min(one, other))).toBeLessThanOrEqual(peakAt(Math.max(one, other)));
      }),
    );
    expect(peakAt(from)).toBeLessThan(peakAt(to));
  });
});
