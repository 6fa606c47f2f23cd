import { bytes, type Bytes } from '../../base/bytes.ts';
import { present } from '../cgroup/keyed.ts';
import type { ContainerReading, HostReading } from '../cgroup/reading.ts';
import { throttlingOf } from '../cgroup/throttling.ts';
import { SIZE_UNIT } from './sampler.ts';

/*
 * What the letters of a frame mean. Sizes count pages of SIZE_UNIT. A limit of 0 says that there is none; a limit of
 * swap can be nothing at all, so there the count is one more.
 */

/** The present values of one record, by letter. */
export type Letters = ReadonlyMap<string, number>;

export function containerFrom(id: string, letters: Letters): ContainerReading {
  const size = (letter: string) => sizeAt(letters, letter);
  return present<ContainerReading>({
    id,
    from: letters.has('c') ? 'cgroup' : 'processes',
    usage: size('c'),
    inactiveFile: size('i'),
    anon: size('a'),
    file: size('f'),
    shmem: size('s'),
    kernel: size('k'),
    swap: size('w'),
    limit: letters.get('l') === 0 ? 'none' : size('l'),
    swapLimit: swapLimit(letters.get('v')),
    peak: size('p'),
    refaults: letters.get('r'),
    majorFaults: letters.get('j'),
    limitHits: letters.get('m'),
    ooms: letters.get('o'),
    oomKills: letters.get('x'),
    someStalled: letters.get('y'),
    allStalled: letters.get('z'),
    processes: letters.get('n'),
  });
}

export function hostFrom(letters: Letters, pageSize: number): HostReading {
  const size = (letter: string) => sizeAt(letters, letter);
  const paged = (letter: string) => {
    const pages = letters.get(letter);
    return pages === undefined ? undefined : bytes(pages * pageSize);
  };
  const stored = size('d');
  const used = size('m');
  const tenths = letters.get('h');
  const bits = letters.get('u');
  const alarm = letters.get('e');
  return present<HostReading>({
    total: size('t'),
    available: size('v'),
    free: size('f'),
    cached: size('c'),
    buffers: size('b'),
    reclaimableSlab: size('r'),
    shmem: size('s'),
    anon: size('a'),
    swapTotal: size('w'),
    swapFree: size('x'),
    swappedIn: paged('i'),
    swappedOut: paged('o'),
    majorFaults: letters.get('j'),
    refaults: letters.get('g'),
    oomKills: letters.get('k'),
    someStalled: letters.get('y'),
    allStalled: letters.get('z'),
    celsius: tenths === undefined ? undefined : tenths / 10,
    underVoltage: alarm === undefined ? undefined : alarm !== 0,
    throttling: bits === undefined ? undefined : throttlingOf(bits),
    zram: stored === undefined || used === undefined ? undefined : { stored, used },
    footprint: size('q'),
  });
}

function sizeAt(letters: Letters, letter: string): Bytes | undefined {
  const units = letters.get(letter);
  return units === undefined ? undefined : bytes(units * SIZE_UNIT);
}

function swapLimit(units: number | undefined): Bytes | 'none' | undefined {
  if (units === undefined) return undefined;
  return units === 0 ? 'none' : bytes((units - 1) * SIZE_UNIT);
}
