import type { Bytes } from '../../base/bytes.ts';

/*
 * What an engine says, in our words. Missing means that it didn't say: never zero, never false.
 */

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export type Health = 'none' | 'starting' | 'healthy' | 'unhealthy';

export interface Container {
  readonly id: string;
  /** Without the leading slash. */
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  /** The engine's own words: "Up 2 hours (healthy)". */
  readonly status: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly createdSeconds?: number;
  readonly ports: readonly PublishedPort[];
}

export interface PublishedPort {
  readonly container: number;
  readonly host?: number;
  readonly address?: string;
  readonly protocol: string;
}

export interface ContainerDetails {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly health: Health;
  /** Of the first process, where it runs; its cgroup is in `/proc/<pid>/cgroup`. */
  readonly pid?: number;
  readonly exitCode?: number;
  /** Sticky, and says not whose limit it was. Never the only evidence of an OOM kill. */
  readonly oomKilled: boolean;
  readonly restarts: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly labels: ReadonlyMap<string, string>;
  readonly environment: readonly string[];
  readonly command: readonly string[];
  /** Its output is one raw stream, not two. */
  readonly terminal: boolean;
  readonly limits: ContainerLimits;
  readonly cgroupParent?: string;
  readonly restartPolicy?: string;
  readonly ports: readonly PublishedPort[];
}

/** As stored in HostConfig; undefined means no limit. With the memory cgroup off, Docker stores none. */
export interface ContainerLimits {
  readonly memory?: Bytes;
  /** Memory and swap together; -1 is unlimited swap. */
  readonly memorySwap?: number;
  readonly reservation?: Bytes;
  readonly shm?: Bytes;
  readonly cpus?: number;
  readonly pids?: number;
  readonly oomKillDisabled: boolean;
}

export interface EngineVersion {
  readonly product: 'docker' | 'podman';
  readonly version: string;
  readonly api: string;
  readonly minimumApi?: string;
  readonly architecture: string;
  readonly kernel?: string;
}

export interface EngineInfo {
  readonly name?: string;
  readonly cgroupVersion?: 1 | 2;
  readonly cgroupDriver?: 'systemd' | 'cgroupfs' | 'none';
  readonly memoryLimit?: boolean;
  readonly swapLimit?: boolean;
  readonly memoryTotal?: Bytes;
  readonly cpus?: number;
  readonly storageDriver?: string;
  readonly rootFolder?: string;
  readonly rootless: boolean;
  readonly operatingSystem?: string;
  readonly architecture?: string;
  readonly containersRunning?: number;
  readonly warnings: readonly string[];
}

export interface MemoryReading {
  readonly version: 1 | 2;
  readonly usage?: Bytes;
  /** The host's MemTotal where the container has no limit of its own. */
  readonly limit?: Bytes;
  /** Only cgroup v1 has it in the API. */
  readonly peak?: Bytes;
  /** memory.stat, v1's `total_` names included as they come. */
  readonly stat: ReadonlyMap<string, number>;
  readonly cpuNanoseconds?: number;
}

export interface EngineEvent {
  readonly kind: 'container' | 'image' | 'network' | 'volume' | 'daemon' | 'other';
  /** `start`, `die`, `oom`, `health_status`, …; what follows a colon is in `detail`. */
  readonly action: string;
  readonly detail?: string;
  readonly id: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of the host's clock. */
  readonly timeSeconds?: number;
}
