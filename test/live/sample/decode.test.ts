import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../../src/live/sample/decode.ts';
import { tickLine } from '../../../src/live/sample/sampler.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

let decoder: FrameDecoder;

beforeEach(() => {
  decoder = new FrameDecoder();
  decoder.line('headroom 1 2 4096');
});

/** Feeds a frame with the right count and answers what its last line gave. */
function frame(tick: number, ...lines: string[]) {
  for (const line of lines) expect(decoder.line(line)).toBeUndefined();
  return decoder.line(`.${String(tick)} ${String(lines.join('').length)}`);
}

describe('frames', () => {
  it('begin with a greeting that says what the host can do', () => {
    expect(new FrameDecoder().line('headroom 1 0 16384')).toEqual({ kind: 'started', memoryCgroup: 'off' });
    expect(new FrameDecoder().line('headroom 1 1 4096')).toEqual({ kind: 'started', memoryCgroup: 'v1' });
    expect(new FrameDecoder().line('headroom 2 1 4096')).toBeUndefined();
  });

  it('carry changes, which add up', () => {
    expect(frame(0, `ht1000v500 +1=${A} 1c100i10l0`)).toMatchObject({
      kind: 'frame',
      host: { total: 4_096_000, available: 2_048_000 },
      containers: [{ id: A, usage: 409_600, inactiveFile: 40_960, limit: 'none' }],
    });
    expect(frame(1, 'hV100 1c5I4')).toMatchObject({
      host: { available: 1_638_400 },
      containers: [{ usage: 430_080, inactiveFile: 24_576 }],
    });
    expect(frame(2)).toMatchObject({ containers: [{ usage: 430_080 }] });
  });

  it('forget what became unknown and who went', () => {
    frame(0, `+1=${A} 1c100p200 +2=${B} 2c1`);
    const next = frame(1, '1p!', '-2');
    expect(next).toEqual({ kind: 'frame', host: {}, containers: [{ id: A, from: 'cgroup', usage: 409_600 }] });
    expect(frame(2, `+2=${A} 2c7`)).toMatchObject({ containers: [{ id: A }, { usage: 28_672 }] });
  });

  it('count in the kernel’s own pages what it swaps', () => {
    const pi5 = new FrameDecoder();
    pi5.line('headroom 1 2 16384');
    pi5.line('hi2');
    expect(pi5.line('.0 3')).toMatchObject({ host: { swappedIn: 32_768 } });
  });
});

describe('damage', () => {
  const damaged = { kind: 'damaged' };

  it('a lost line, a lost frame, a container that never came, a size below nothing', () => {
    frame(0, `+1=${A} 1c100`);
    expect(decoder.line('.1 7')).toEqual(damaged);
    expect(frame(3, '1c1')).toEqual(damaged);
    expect(frame(4, '9c1')).toEqual(damaged);
    expect(frame(5, '1C999')).toEqual(damaged);
  });

  it('what others write in between is not counted, and harms nothing', () => {
    frame(0, `+1=${A} 1c100`);
    for (const garbage of [
      '',
      'Last login: Fri',
      '\u001b[31mred',
      'é'.repeat(9),
      '{"a":1}',
      'x'.repeat(100_000),
      '.1',
      '. 1 2',
    ]) {
      expect(decoder.line(garbage)).toBeUndefined();
    }
    expect(frame(1, '1c1')).toMatchObject({ kind: 'frame', containers: [{ usage: 413_696 }] });
  });

  it('is over with a frame that starts afresh, whatever its number', () => {
    frame(0, `+1=${A} 1c100`);
    expect(decoder.line('.9 99')).toEqual(damaged);
    decoder.reset();
    expect(frame(10, 'ht5', `+3=${B} 3c2`)).toMatchObject({ kind: 'frame', containers: [{ id: B, usage: 8192 }] });
  });

  it('a host that floods is forgotten, not remembered', () => {
    for (let line = 0; line < 50_000; line++) decoder.line('1c1');
    expect(decoder.line(`.0 ${String(50_000 * 3)}`)).toEqual(damaged);
  });

  it('never throws and never shows what is no number', () => {
    const alphabet = fc.constantFrom(...'0123456789.+-=!hcaC \r\té'.split(''));
    const line = fc.oneof(fc.string(), fc.string({ unit: alphabet }), fc.constantFrom(`+1=${A} 1c5`, '1c5', '.0 5', 'ht9'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const other = new FrameDecoder();
        for (const each of lines) {
          const decoded = other.line(each);
          if (decoded?.kind !== 'frame') continue;
          for (const reading of [decoded.host, ...decoded.containers]) {
            for (const value of Object.values(reading)) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

it('asks in letters', () => {
  expect(tickLine({})).toBe('t\n');
  expect(tickLine({ scan: true, everything: true, afresh: true })).toBe('tsaf\n');
});
