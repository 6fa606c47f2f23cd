/** What was measured of one program; one JSON file each in `test/calibration`, sizes in bytes, times in seconds. */
export interface ProgramMeasurements {
  readonly program: string;
  readonly version: string;
  readonly machine: Machine;
  readonly measurements: readonly Measurement[];
}

export interface Machine {
  readonly architecture: string;
  readonly system: string;
  readonly kernel: string;
  readonly cgroup: 'v1';
  readonly cores: number;
  readonly engine: string;
}

export interface Measurement {
  /** `<program>/<configuration>`: what a region's origin names. */
  readonly id: string;
  readonly date: string;
  readonly settings: Settings;
  /** What the clients did, in a sentence. */
  readonly load: string;
  /** What a Compose file would say, so that a model can be asked about the very same service. */
  readonly service: MeasuredService;
  /** The last second before the load. */
  readonly idle: Figures;
  /** Each figure's own highest, from the start to the end of the load; `unreclaimable` is the highest sum. */
  readonly peak: Figures;
  /** The median of the load's second half. */
  readonly steady: Figures;
  readonly majorFaults: number;
  readonly seconds: number;
  /** `peak.unreclaimable` of every unlimited run, the first included: how repeatable it is. */
  readonly repeats: readonly number[];
  readonly limits?: Limits;
}

export type Settings = Readonly<Record<string, string | number | boolean>>;

export interface MeasuredService {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Files that the image carries and a Compose project would mount: path to text. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Figures {
  /** What the kernel charges, cache and all. */
  readonly usage: number;
  /** As `docker stats` shows it: usage without inactive file cache. */
  readonly workingSet: number;
  /** anon + shmem + kernel at one moment: what no reclaim can get back without swap. */
  readonly unreclaimable: number;
  readonly anon: number;
  readonly shmem: number;
  readonly kernel: number;
  /** Mapped file pages, each counted once: programs, libraries and mapped data. */
  readonly programText: number;
  readonly activeFile: number;
  readonly inactiveFile: number;
  readonly processes: number;
}

/** The smallest limits without swap, and every limit that was tried. `undefined` would be a failed search: those throw. */
export interface Limits {
  /** The load ended and nothing was killed. */
  readonly survives: number;
  /** It also kept 80 % of its unlimited throughput. */
  readonly works: number;
  readonly trials: readonly Trial[];
}

export interface Trial {
  readonly limit: number;
  readonly outcome: Outcome;
  /**
   * Throughput as a share of the unlimited run's; 0 where the load did not end. The better of two readings: time
   * against time, and CPU time against itself plus what was lost to memory. Only the second stands still when others
   * use the machine's cores; only the first sees that one task's wait need not hold up the rest.
   */
  readonly throughput: number;
  /** Seconds of the load in which something waited for memory, or for text to be read back. */
  readonly lost: number;
  readonly majorFaults: number;
}

/** `stuck`: not killed, but it had waited for memory for longer than the unlimited run took. `failed`: something gave up. */
export type Outcome = 'worked' | 'slow' | 'stuck' | 'failed' | 'killed';

export const KEPT_THROUGHPUT = 0.8;
