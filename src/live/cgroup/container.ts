import { bytes, type Bytes } from '../../base/bytes.ts';
import { keyed, present, single, size } from './keyed.ts';
import { parsePressure } from './pressure.ts';
import type { ContainerReading, ReadingSource } from './reading.ts';

/** The files of one cgroup by name, as far as they could be read. */
export type CgroupFiles = ReadonlyMap<string, string>;

export function readV2(id: string, files: CgroupFiles): ContainerReading {
  const events = keyed(files.get('memory.events') ?? '');
  const pressure = parsePressure(files.get('memory.pressure') ?? '');
  return present<ContainerReading>({
    ...readStat(id, 'cgroup', keyed(files.get('memory.stat') ?? '')),
    usage: sizeOf(files, 'memory.current'),
    limit: limitOf(files, 'memory.max'),
    swap: sizeOf(files, 'memory.swap.current'),
    swapLimit: limitOf(files, 'memory.swap.max'),
    peak: sizeOf(files, 'memory.peak'),
    limitHits: events.get('max'),
    ooms: events.get('oom'),
    oomKills: events.get('oom_kill'),
    someStalled: pressure?.some.stalled,
    allStalled: pressure?.full?.stalled,
  });
}

export function readV1(id: string, files: CgroupFiles): ContainerReading {
  const limit = limitOf(files, 'memory.limit_in_bytes');
  const both = limitOf(files, 'memory.memsw.limit_in_bytes');
  const hits = single(files.get('memory.failcnt'));
  return present<ContainerReading>({
    ...readStat(id, 'cgroup', keyed(files.get('memory.stat') ?? '')),
    usage: sizeOf(files, 'memory.usage_in_bytes'),
    limit,
    swapLimit: typeof both === 'number' && typeof limit === 'number' ? bytes(both - limit) : both,
    kernel: sizeOf(files, 'memory.kmem.usage_in_bytes'),
    peak: sizeOf(files, 'memory.max_usage_in_bytes'),
    limitHits: typeof hits === 'number' ? hits : undefined,
    oomKills: keyed(files.get('memory.oom_control') ?? '').get('oom_kill'),
  });
}

/** What memory.stat says in either version; v1's own names without `total_` leave descendants out, so they don't count. */
export function readStat(id: string, from: ReadingSource, stat: ReadonlyMap<string, number>): ContainerReading {
  const old = stat.has('total_rss');
  const named = (v2: string, v1: string) => size(stat, old ? v1 : v2);
  return present<ContainerReading>({
    id,
    from,
    inactiveFile: named('inactive_file', 'total_inactive_file'),
    anon: named('anon', 'total_rss'),
    file: named('file', 'total_cache'),
    shmem: named('shmem', 'total_shmem'),
    kernel: old ? undefined : kernelOf(stat),
    swap: old ? size(stat, 'total_swap') : undefined,
    refaults: refaultsOf(stat, old ? 'total_' : ''),
    majorFaults: stat.get(old ? 'total_pgmajfault' : 'pgmajfault'),
  });
}

/** Kernels since 5.18 add it up; before, its larger parts are what can be known. */
function kernelOf(stat: ReadonlyMap<string, number>): Bytes | undefined {
  const whole = size(stat, 'kernel');
  if (whole !== undefined || !stat.has('kernel_stack')) return whole;
  return bytes(['kernel_stack', 'pagetables', 'percpu', 'slab'].reduce((sum, name) => sum + (stat.get(name) ?? 0), 0));
}

function refaultsOf(stat: ReadonlyMap<string, number>, prefix: string): number | undefined {
  const file = stat.get(`${prefix}workingset_refault_file`);
  if (file === undefined) return stat.get(`${prefix}workingset_refault`);
  return file + (stat.get(`${prefix}workingset_refault_anon`) ?? 0);
}

function sizeOf(files: CgroupFiles, name: string): Bytes | undefined {
  const value = single(files.get(name));
  return typeof value === 'number' ? bytes(value) : undefined;
}

function limitOf(files: CgroupFiles, name: string): Bytes | 'none' | undefined {
  const value = single(files.get(name));
  return typeof value === 'number' ? bytes(value) : value;
}
