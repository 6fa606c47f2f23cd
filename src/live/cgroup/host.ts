import { bytes, type Bytes } from '../../base/bytes.ts';
import { keyed, kilobytes, present } from './keyed.ts';
import type { HostReading, Zram } from './reading.ts';

type MemoryPart = Pick<
  HostReading,
  'total' | 'available' | 'free' | 'cached' | 'buffers' | 'reclaimableSlab' | 'shmem' | 'anon' | 'swapTotal' | 'swapFree'
>;

export function parseMeminfo(text: string): MemoryPart {
  const values = keyed(text);
  return present<MemoryPart>({
    total: kilobytes(values, 'MemTotal'),
    // Kernels before 3.14 have none; estimating it here would be a guess.
    available: kilobytes(values, 'MemAvailable'),
    free: kilobytes(values, 'MemFree'),
    cached: kilobytes(values, 'Cached'),
    buffers: kilobytes(values, 'Buffers'),
    reclaimableSlab: kilobytes(values, 'SReclaimable'),
    shmem: kilobytes(values, 'Shmem'),
    anon: kilobytes(values, 'AnonPages'),
    swapTotal: kilobytes(values, 'SwapTotal'),
    swapFree: kilobytes(values, 'SwapFree'),
  });
}

type PagingPart = Pick<HostReading, 'swappedIn' | 'swappedOut' | 'majorFaults' | 'refaults' | 'oomKills'>;

export function parseVmstat(text: string, pageSize: Bytes): PagingPart {
  const values = keyed(text);
  const paged = (name: string) => {
    const pages = values.get(name);
    return pages === undefined ? undefined : bytes(pages * pageSize);
  };
  return present<PagingPart>({
    swappedIn: paged('pswpin'),
    swappedOut: paged('pswpout'),
    majorFaults: values.get('pgmajfault'),
    refaults: values.get('workingset_refault_file') ?? values.get('workingset_refault'),
    oomKills: values.get('oom_kill'),
  });
}

/** Of one /sys/block/zram…/mm_stat: what was stored, what it compressed to, and the RAM that takes with its overhead. */
export function parseZram(text: string): Zram | undefined {
  const [stored, , used] = text.trim().split(/\s+/).map(Number);
  if (stored === undefined || used === undefined || !Number.isSafeInteger(stored) || !Number.isSafeInteger(used))
    return undefined;
  return { stored: bytes(stored), used: bytes(used) };
}
