import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import { Peaks } from '../../../src/live/store/peaks.ts';
import { reading, WALL } from './samples.ts';

const key = { host: 'attic', project: 'shop', service: 'api', image: 'api:1' };
const sighting = { wall: WALL, reading: reading('a'), thrashing: false, oomKills: 0 };

describe('peaks', () => {
  it('survive storage, and go on from there', () => {
    const peaks = new Peaks();
    peaks.see(key, sighting);
    peaks.see(key, { ...sighting, wall: WALL + 1000, thrashing: true, oomKills: 2 });
    const again = Peaks.from(JSON.parse(JSON.stringify(peaks.serialise())));
    expect(again.all()).toEqual(peaks.all());
    again.see(key, { ...sighting, wall: WALL + 2000, reading: reading('a', { usage: mebibytes(11) }) });
    expect(again.of('attic', 'shop', 'api')).toMatchObject({
      workingSet: mebibytes(40),
      oomKills: 2,
      thrashed: true,
      peakAt: WALL,
    });
  });

  it('begin anew with another image', () => {
    const peaks = new Peaks();
    peaks.see(key, sighting);
    peaks.see({ ...key, image: 'api:2' }, { ...sighting, wall: WALL + 9, reading: reading('a', { usage: mebibytes(20) }) });
    expect(peaks.all()).toMatchObject([{ image: 'api:2', workingSet: mebibytes(10), since: WALL + 9 }]);
  });

  it('count only the time that was really watched', () => {
    const peaks = new Peaks();
    for (const minutes of [0, 0.5, 1, 90, 90.5]) peaks.see(key, { ...sighting, wall: WALL + minutes * 60_000 });
    expect(peaks.of('attic', 'shop', 'api')?.watchedMs).toBe(90_000);
  });

  it('stay within bounds, and drop who was not seen for longest', () => {
    const peaks = new Peaks();
    for (let count = 0; count < 1500; count++) {
      peaks.see({ ...key, service: `s${String(count)}` }, sighting);
      peaks.see({ ...key, service: 's0' }, sighting);
    }
    expect(peaks.all()).toHaveLength(1000);
    expect(peaks.of('attic', 'shop', 's0')).toBeDefined();
    expect(peaks.of('attic', 'shop', 's1')).toBeUndefined();
    peaks.forget('attic');
    expect(peaks.all()).toEqual([]);
  });

  it('take anything from storage without harm', () => {
    const record = fc.record({
      host: fc.anything(),
      project: fc.string(),
      service: fc.string(),
      image: fc.string(),
      peakAt: fc.anything(),
    });
    const stored = fc.oneof(
      fc.anything(),
      fc.record({ version: fc.constant(1), records: fc.array(fc.oneof(record, fc.anything())) }),
    );
    fc.assert(
      fc.property(stored, (value) => {
        expect(Peaks.from(value).all()).toEqual([]);
      }),
    );
    const good = { ...key, peakAt: 1, since: 1, seen: 1, watchedMs: 1, starts: 0, oomKills: 0, thrashed: false };
    expect(Peaks.from({ version: 1, records: [good, { ...good, oomKills: -1 }, 7] }).all()).toEqual([good]);
    expect(Peaks.from({ version: 2, records: [good] }).all()).toEqual([]);
  });
});
