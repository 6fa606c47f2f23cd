import type { Duplex } from 'node:stream';
import type { Bytes } from '../../base/bytes.ts';
import type { Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import type { Feed } from '../feed.ts';
import type { Container, ContainerDetails, EngineEvent, EngineInfo, EngineVersion, MemoryReading } from './types.ts';

/** Docker's API of one host, in our words. Podman answers to it too. No promise of it rejects. */
export interface Engine {
  version(signal?: AbortSignal): Promise<Result<EngineVersion, LiveError>>;
  info(signal?: AbortSignal): Promise<Result<EngineInfo, LiveError>>;
  /** Stopped ones too where `all`. */
  containers(options?: { readonly all?: boolean }, signal?: AbortSignal): Promise<Result<readonly Container[], LiveError>>;
  inspect(id: string, signal?: AbortSignal): Promise<Result<ContainerDetails, LiveError>>;
  /** One reading without waiting for the collector's next turn, where the engine can (API 1.41). */
  memory(id: string, signal?: AbortSignal): Promise<Result<MemoryReading, LiveError>>;
  /** Of containers and of the daemon. Ends with the connection. */
  events(options?: { readonly sinceSeconds?: number }, signal?: AbortSignal): Feed<EngineEvent>;
  /** `memorySwap` is memory plus swap, -1 for unlimited swap, as the API has it. */
  update(
    id: string,
    limits: { readonly memory: Bytes; readonly memorySwap?: number },
    signal?: AbortSignal,
  ): Promise<Result<readonly string[], LiveError>>;
  start(id: string, signal?: AbortSignal): Promise<Result<void, LiveError>>;
  stop(id: string, signal?: AbortSignal): Promise<Result<void, LiveError>>;
  restart(id: string, signal?: AbortSignal): Promise<Result<void, LiveError>>;
  logs(id: string, options?: LogOptions, signal?: AbortSignal): Feed<LogLine>;
  /** Runs a program inside a container to its end; bounded like a remote command. */
  exec(id: string, argv: readonly string[], signal?: AbortSignal): Promise<Result<ContainerExec, LiveError>>;
  /** An interactive program inside a container, with a terminal. */
  attach(id: string, argv: readonly string[], signal?: AbortSignal): Promise<Result<AttachedExec, LiveError>>;
}

export interface LogOptions {
  readonly follow?: boolean;
  /** How many of the last lines; 200 unless told. */
  readonly tail?: number;
  readonly sinceSeconds?: number;
}

export interface LogLine {
  readonly from: 'stdout' | 'stderr';
  readonly text: string;
}

export interface ContainerExec {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode?: number;
}

export interface AttachedExec {
  readonly stream: Duplex;
  resize(size: { readonly columns: number; readonly rows: number }): void;
}
