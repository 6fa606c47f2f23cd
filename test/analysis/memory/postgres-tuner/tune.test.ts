import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePostgresConf } from '../../../../src/analysis/documents/postgres/parse.ts';
import { readingOf } from '../../../../src/analysis/documents/postgres/reading.ts';
import { readValue } from '../../../../src/analysis/documents/postgres/value.ts';
import { estimateConf } from '../../../../src/analysis/memory/postgres-conf-estimate.ts';
import { tunePostgres, type TuneRequest } from '../../../../src/analysis/memory/postgres-tuner/tune.ts';
import { keptIn, tunedConf, tunedEdits } from '../../../../src/analysis/memory/postgres-tuner/write.ts';
import { applyEdits } from '../../../../src/base/edit.ts';
import { bytes, mebibytes } from '../../../../src/base/bytes.ts';
import { render } from '../../../../src/base/message.ts';
import { fileId } from '../../../../src/base/span.ts';

const request = (wanted: Partial<TuneRequest> = {}): TuneRequest => ({
  limit: mebibytes(128),
  connections: undefined,
  storage: 'card',
  version: 16,
  workload: 'web',
  cores: 4,
  kept: new Map(),
  ...wanted,
});

const file = fileId('postgresql.conf');

const requests = fc
  .record({
    limit: fc.integer({ min: 64, max: 16384 }).map((size) => mebibytes(size)),
    connections: fc.option(fc.integer({ min: 4, max: 300 }), { nil: undefined }),
    storage: fc.constantFrom('card' as const, 'ssd' as const),
    version: fc.integer({ min: 10, max: 18 }),
    workload: fc.constantFrom('web' as const, 'oltp' as const, 'mixed' as const),
    cores: fc.constantFrom(1, 2, 4),
  })
  .map((wanted) => request(wanted));

describe('the tuner', () => {
  it('writes what the server takes and what fits, or refuses', () => {
    fc.assert(
      fc.property(requests, (wanted) => {
        const tuned = tunePostgres(wanted);
        if (!tuned.ok) {
          expect(tuned.error.map((each) => render(each)).join()).toMatch(/does not fit/);
          return;
        }
        const conf = parsePostgresConf({ file, text: tunedConf(tuned.value) }, wanted.version);
        expect(conf.problems).toEqual([]);
        const reading = readingOf(conf);
        for (const setting of reading.settings) {
          const definition = reading.definitionOf(setting);
          expect(definition && readValue(definition, setting.value, { version: wanted.version }), setting.name).toMatchObject({
            ok: true,
          });
        }
        expect(estimateConf(conf).peak).toBeLessThanOrEqual(wanted.limit);
        expect(reading.number('superuser_reserved_connections')).toBeLessThan(reading.number('max_connections'));
      }),
      { numRuns: 300 },
    );
  });

  it('gives more where there is more', () => {
    const shared = (size: number): number => {
      const tuned = tunePostgres(request({ limit: mebibytes(size) }));
      return tuned.ok ? readingOf(parsePostgresConf({ file, text: tunedConf(tuned.value) }, 16)).number('shared_buffers') : 0;
    };
    const limits = [64, 96, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];
    expect(limits.map(shared)).toEqual([...limits.map(shared)].sort((one, other) => one - other));
    expect(shared(64)).toBeGreaterThan(0);
  });

  it.each([63, 16 * 1024 + 1])('refuses %i MiB, for which nothing was measured', (size) => {
    expect(tunePostgres(request({ limit: mebibytes(size) })).ok).toBe(false);
  });

  it('says how many connections would fit', () => {
    const tuned = tunePostgres(request({ limit: mebibytes(64), connections: 60 }));
    const said = tuned.ok ? '' : tuned.error.map((each) => render(each)).join(' ');
    const most = Number(/Up to (\d+) connections/.exec(said)?.[1]);
    expect(tunePostgres(request({ limit: mebibytes(64), connections: most })).ok).toBe(true);
    expect(tunePostgres(request({ limit: mebibytes(64), connections: most + 1 })).ok).toBe(false);
  });

  it('knows which settings a version has', () => {
    const names = (version: number): readonly string[] => {
      const tuned = tunePostgres(request({ version }));
      return tuned.ok ? tuned.value.settings.map(({ name }) => name) : [];
    };
    expect(names(10)).not.toContain('jit');
    expect(names(13)).toContain('checkpoint_completion_target');
    expect(names(14)).not.toContain('checkpoint_completion_target');
    expect(names(18)).toContain('io_method');
  });
});

describe('what the user fixed on purpose', () => {
  const text = 'shared_buffers = 128MB # too much\nwork_mem = 3MB  # headroom-keep\n# a remark\nlog_statement = ddl\n';
  const conf = parsePostgresConf({ file, text }, 16);

  it('stays, and everything else in the file too', () => {
    const tuned = tunePostgres(request({ kept: keptIn(conf) }));
    if (!tuned.ok) throw new Error('refused');
    const after = applyEdits(file, text, tunedEdits(conf, tuned.value));
    expect(after.split('\n').slice(0, 4)).toEqual([
      expect.stringMatching(/^shared_buffers = \d+MB # too much$/),
      'work_mem = 3MB  # headroom-keep',
      '# a remark',
      'log_statement = ddl',
    ]);
    const again = parsePostgresConf({ file, text: after }, 16);
    expect(tunedEdits(again, tuned.value)).toEqual([]);
  });

  it('is a reason to refuse where it leaves no room', () => {
    const tuned = tunePostgres(request({ kept: new Map([['shared_buffers', '256MB']]) }));
    expect(tuned.ok ? [] : tuned.error.map((each) => render(each)).join(' ')).toMatch(
      /kept on purpose takes too much: shared_buffers/,
    );
  });

  it('is refused where the server would refuse it', () => {
    expect(tunePostgres(request({ kept: new Map([['work_mem', '3mb']]) })).ok).toBe(false);
    expect(tunePostgres(request({ limit: bytes(Number.NaN) })).ok).toBe(false);
  });
});
