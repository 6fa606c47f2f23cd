import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, kibibytes, mebibytes } from '../../../src/base/bytes.ts';
import { readV1, readV2 } from '../../../src/live/cgroup/container.ts';
import { parseMeminfo, parseVmstat, parseZram } from '../../../src/live/cgroup/host.ts';
import { keyed, single } from '../../../src/live/cgroup/keyed.ts';
import { parsePressure } from '../../../src/live/cgroup/pressure.ts';
import { hostRemainder, hostUsed, unreclaimable, workingSet } from '../../../src/live/cgroup/quantities.ts';
import { parseTemperature, parseThrottled } from '../../../src/live/cgroup/throttling.ts';

describe('the files of a cgroup', () => {
  it('a missing file is unknown, never zero', () => {
    expect(readV2('a', new Map())).toEqual({ id: 'a', from: 'cgroup' });
    expect(readV1('a', new Map())).toEqual({ id: 'a', from: 'cgroup' });
    expect(workingSet(readV2('a', new Map()))).toBeUndefined();
    expect(unreclaimable(readV2('a', new Map()))).toBeUndefined();
  });

  it('max, and the huge numbers of v1, say that there is no limit', () => {
    expect(readV2('a', new Map([['memory.max', 'max\n']])).limit).toBe('none');
    for (const none of ['9223372036854771712', '9223372036854710272', '18446744073709551615']) {
      expect(readV1('a', new Map([['memory.limit_in_bytes', none]])).limit).toBe('none');
    }
    expect(single('268435456\n')).toBe(268_435_456);
    expect(single('-1')).toBeUndefined();
  });

  it('v1 counts descendants too, so only its total_ names count', () => {
    const stat = 'cache 1\nrss 1\ntotal_cache 8192\ntotal_rss 4096\ntotal_shmem 0\ntotal_inactive_file 4096\n';
    expect(readV1('a', new Map([['memory.stat', stat]]))).toMatchObject({ anon: 4096, file: 8192, inactiveFile: 4096 });
  });

  it('kernels without the kernel key get their parts added up', () => {
    const stat = 'anon 0\nkernel_stack 16384\npercpu 4096\nslab 40960\nshmem 0\n';
    expect(readV2('a', new Map([['memory.stat', stat]])).kernel).toBe(61_440);
    expect(readV2('a', new Map([['memory.stat', `kernel 70000\n${stat}`]])).kernel).toBe(70_000);
  });

  it('older kernels count refaults of both kinds in one', () => {
    expect(readV2('a', new Map([['memory.stat', 'workingset_refault 9\n']])).refaults).toBe(9);
    expect(readV2('a', new Map([['memory.stat', 'workingset_refault_file 4\nworkingset_refault_anon 3\n']])).refaults).toBe(7);
  });

  it('never throws, whatever stands there', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('memory.current', 'memory.stat', 'memory.max', 'memory.events'), fc.string()),
        (files) => {
          const reading = readV2('a', new Map(Object.entries(files)));
          for (const value of Object.values(reading)) if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('quantities', () => {
  const reading = { id: 'a', from: 'cgroup' } as const;

  it('the working set is what docker stats shows', () => {
    expect(workingSet({ ...reading, usage: bytes(100), inactiveFile: bytes(30) })).toBe(70);
    // Its formula leaves the cache in where the counters, read one after the other, don't fit together.
    expect(workingSet({ ...reading, usage: bytes(100), inactiveFile: bytes(120) })).toBe(100);
    expect(workingSet({ ...reading, usage: bytes(100) })).toBe(100);
  });

  it('what can’t be reclaimed counts shared memory and the kernel’s, and cache not', () => {
    const parts = { anon: bytes(10), shmem: bytes(5), kernel: bytes(2), file: bytes(500) };
    expect(unreclaimable({ ...reading, ...parts })).toBe(17);
    expect(unreclaimable({ ...reading, anon: bytes(10), shmem: bytes(5) })).toBeUndefined();
    expect(unreclaimable({ id: 'a', from: 'processes', anon: bytes(10), shmem: bytes(5) })).toBe(15);
  });

  it('a host’s use is what MemAvailable leaves, and what containers don’t explain is the system’s', () => {
    const host = parseMeminfo('MemTotal: 1000 kB\nMemFree: 10 kB\nMemAvailable: 600 kB\nCached: 500 kB\n');
    expect(hostUsed(host)).toBe(kibibytes(400));
    const containers = [{ ...reading, anon: kibibytes(100), shmem: kibibytes(0), kernel: kibibytes(20) }];
    expect(hostRemainder(host, containers)).toBe(kibibytes(280));
    expect(hostUsed(parseMeminfo('MemTotal: 1000 kB\n'))).toBeUndefined();
  });
});

describe('the files of a host', () => {
  it('reads meminfo, vmstat and zram', () => {
    expect(parseMeminfo('MemTotal:       426068 kB\nSwapTotal:     2097148 kB\nHugePages_Total:       0\n')).toEqual({
      total: kibibytes(426_068),
      swapTotal: kibibytes(2_097_148),
    });
    expect(parseVmstat('pswpin 3\npgmajfault 9\nworkingset_refault 2\n', bytes(16_384))).toEqual({
      swappedIn: 49_152,
      majorFaults: 9,
      refaults: 2,
    });
    expect(parseZram('52428800 17825792 18874368 0 20000000 120 0 0 0\n')).toEqual({
      stored: mebibytes(50),
      used: mebibytes(18),
    });
    expect(parseZram('')).toBeUndefined();
  });

  it('reads pressure, and knows where it is switched off', () => {
    const text = 'some avg10=1.50 avg60=0.10 avg300=0.20 total=5000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=2000\n';
    expect(parsePressure(text)).toMatchObject({ some: { average10: 1.5, stalled: 5000 }, full: { stalled: 2 } });
    expect(parsePressure('')).toBeUndefined();
    expect(parsePressure('cat: /proc/pressure/memory: Operation not supported')).toBeUndefined();
  });

  it('reads what the firmware says about throttling', () => {
    const throttled = parseThrottled('throttled=0x50005\n');
    expect(throttled?.now).toEqual({ underVoltage: true, frequencyCapped: false, throttled: true, softTemperatureLimit: false });
    expect(throttled?.sinceBoot).toEqual(throttled?.now);
    expect(parseThrottled('50005')?.now.underVoltage).toBe(true);
    expect(parseThrottled('0x0')?.now.underVoltage).toBe(false);
    expect(parseThrottled('VCHI initialization failed')).toBeUndefined();
    expect(parseTemperature("temp=46.2'C\n")).toBe(46.2);
  });

  it('skips lines that are no name and number', () => {
    expect(keyed('a 1\nb two\nc -3\n 4\nd 99999999999999999999\nActive(anon): 12 kB\n')).toEqual(
      new Map([
        ['a', 1],
        ['Active(anon)', 12],
      ]),
    );
  });
});
