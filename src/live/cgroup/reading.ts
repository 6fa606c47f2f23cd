import type { Bytes } from '../../base/bytes.ts';

/*
 * One look at a host and its containers, whoever took it. Missing means unknown, never zero. Counters count since the
 * cgroup or the machine came up, and start again when it does.
 */

export interface ContainerReading {
  readonly id: string;
  readonly from: ReadingSource;
  readonly usage?: Bytes;
  /** Page cache that the kernel would give up first. */
  readonly inactiveFile?: Bytes;
  readonly anon?: Bytes;
  /** All page cache, `shmem` included. */
  readonly file?: Bytes;
  readonly shmem?: Bytes;
  readonly kernel?: Bytes;
  readonly swap?: Bytes;
  readonly limit?: Bytes | 'none';
  /** Of swap alone, whatever the cgroup version counts together. */
  readonly swapLimit?: Bytes | 'none';
  /** Of `usage`, cache included. */
  readonly peak?: Bytes;
  /** Pages that were thrown out and were needed again. */
  readonly refaults?: number;
  readonly majorFaults?: number;
  /** How often the limit was hit: `max` of memory.events, v1's failcnt. Harmless while there is cache to give up. */
  readonly limitHits?: number;
  /** How often nothing was left to give up. Only cgroup v2 counts it. */
  readonly ooms?: number;
  /** Processes killed for memory, by whichever killer: the host's own counts here too. */
  readonly oomKills?: number;
  /** Milliseconds in which some or all processes waited for memory. */
  readonly someStalled?: number;
  readonly allStalled?: number;
  readonly processes?: number;
}

/**
 * `processes` adds up /proc, for hosts whose memory cgroup is off: forked processes share memory that is then counted
 * more than once, so it is an upper bound. `engine` is Docker's one-shot stats.
 */
export type ReadingSource = 'cgroup' | 'processes' | 'engine';

export interface HostReading {
  readonly total?: Bytes;
  readonly available?: Bytes;
  readonly free?: Bytes;
  readonly cached?: Bytes;
  readonly buffers?: Bytes;
  readonly reclaimableSlab?: Bytes;
  readonly shmem?: Bytes;
  readonly anon?: Bytes;
  readonly swapTotal?: Bytes;
  readonly swapFree?: Bytes;
  /** Bytes, from counters of pages. */
  readonly swappedIn?: Bytes;
  readonly swappedOut?: Bytes;
  readonly majorFaults?: number;
  readonly refaults?: number;
  readonly oomKills?: number;
  readonly someStalled?: number;
  readonly allStalled?: number;
  readonly celsius?: number;
  readonly throttling?: Throttling;
  /** In the last two seconds, as the kernel's voltage sensor says; it needs no group and no program. */
  readonly underVoltage?: boolean;
  readonly zram?: Zram;
  /** What watching costs the host: the sampler and the SSH server's child for this connection. */
  readonly footprint?: Bytes;
}

export interface Zram {
  /** What was swapped out. */
  readonly stored: Bytes;
  /** The RAM that it takes compressed. */
  readonly used: Bytes;
}

/** The bits of `vcgencmd get_throttled`: what is the case now, and what was since the last boot. */
export interface Throttling {
  readonly now: ThrottlingFlags;
  readonly sinceBoot: ThrottlingFlags;
}

export interface ThrottlingFlags {
  readonly underVoltage: boolean;
  readonly frequencyCapped: boolean;
  readonly throttled: boolean;
  readonly softTemperatureLimit: boolean;
}

export interface Sample {
  /** `Clock.now` of the reader when it arrived. */
  readonly at: number;
  readonly wall: number;
  readonly memoryCgroup: MemoryCgroup;
  readonly host: HostReading;
  /** Running ones. */
  readonly containers: readonly ContainerReading[];
}

export type MemoryCgroup = 'v1' | 'v2' | 'off';
