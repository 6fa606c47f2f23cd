import type { Bytes } from '../../../base/bytes.ts';
import type { Span } from '../../../base/span.ts';

/** What the stack says about the container that reads a conf file. Unknown stays undefined. */
export interface ContainerContext {
  readonly service: string;
  /** Whether the server starts with this file, or finds its settings in it on the way. */
  readonly role: 'main' | 'included';
  /** The hard memory limit. */
  readonly limit: Bytes | undefined;
  readonly limitSpan: Span | undefined;
  readonly cores: number | undefined;
  readonly storage: 'card' | 'ssd' | undefined;
  /** Size of /dev/shm; Docker gives 64 MB where the stack says nothing. */
  readonly shm: Bytes;
  readonly shmSpan: Span | undefined;
  /** Connection pools of other services that lead here. */
  readonly pools: readonly Pool[];
  /** What decides over the file, by lower-case name: words of the command line, postgresql.auto.conf, a file included further down. */
  readonly overridden: ReadonlyMap<string, Override>;
}

export interface Pool {
  readonly service: string;
  readonly connections: number;
  readonly span: Span | undefined;
}

export interface Override {
  readonly by: 'command' | 'auto-conf' | 'include';
  readonly value: string;
  readonly span: Span;
}
