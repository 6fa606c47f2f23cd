import type { Bytes } from '../../../base/bytes.ts';
import type { Message } from '../../../base/message.ts';
import type { FileId, Span } from '../../../base/span.ts';
import type { Located } from '../located.ts';

/** A stack: the services of one Compose project as `docker compose` would resolve them. */
export interface Stack {
  readonly kind: 'compose';
  /** The files that were merged, in order, then those that they pulled in. */
  readonly files: readonly FileId[];
  readonly name?: Located<string>;
  /** Every service in file order, inactive ones (profiles) included. */
  readonly services: readonly Service[];
  readonly networks: readonly Network[];
  readonly volumes: readonly NamedVolume[];
  readonly secrets: readonly FileObject[];
  readonly configs: readonly FileObject[];
  /** The resolved project as a tree, for what has no type here and for `headroom resolve`. */
  readonly tree: MapValue;
  /** What is wrong with the text or with the project; `refused` marks what `docker compose` itself refuses. */
  readonly problems: readonly Problem[];
  /** Where a finding about the whole stack belongs: the `services` key of the first file, else the file's start. */
  readonly anchor: Span;
}

export interface Problem {
  readonly code: string;
  readonly message: Message;
  readonly span: Span;
  readonly refused: boolean;
}

/** The resolved tree. Values keep every place that wrote them, the deciding one first. */
export type Value = ScalarValue | ListValue | MapValue;

export interface ScalarValue {
  readonly kind: 'scalar';
  /** Typed as Compose's YAML library types it. Undefined while unknown (a placeholder). */
  readonly value: string | number | boolean | null | undefined;
  readonly located: Located<string>;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  readonly spans: readonly [Span, ...Span[]];
}

export interface MapValue {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly spans: readonly [Span, ...Span[]];
}

export interface Entry {
  readonly key: Span;
  readonly value: Value;
}

export interface Service {
  readonly name: string;
  /** The service's key in the file that decides most: the first of those given. */
  readonly nameSpan: Span;
  readonly tree: MapValue;
  /** Whether the chosen profiles switch it on. */
  readonly active: boolean;
  readonly profiles: readonly Located<string>[];
  /** From `scale` or `deploy.replicas`; 1 where neither stands. Undefined value: unknown. */
  readonly replicas: Located<number> | undefined;
  readonly image: Located<string> | undefined;
  readonly platform: Located<string> | undefined;
  readonly build: Build | undefined;
  readonly command: CommandLine | undefined;
  readonly entrypoint: CommandLine | undefined;
  /** Merged from env_file and environment, as the container sees it. A null value is inherited from the shell. */
  readonly environment: ReadonlyMap<string, EnvironmentVariable>;
  readonly labels: ReadonlyMap<string, Located<string>>;
  readonly memory: MemorySettings;
  readonly cpus: Located<number> | undefined;
  readonly deployCpus: Located<number> | undefined;
  readonly pidsLimit: Located<number> | undefined;
  readonly deployPids: Located<number> | undefined;
  readonly restart: Located<string> | undefined;
  readonly healthcheck: Healthcheck | undefined;
  readonly logging: Logging | undefined;
  readonly mounts: readonly Mount[];
  readonly ports: readonly Port[];
  readonly dependsOn: readonly Dependency[];
  readonly networks: readonly Located<string>[];
  readonly networkMode: Located<string> | undefined;
  readonly privileged: Located<boolean> | undefined;
  readonly init: Located<boolean> | undefined;
  readonly readOnly: Located<boolean> | undefined;
  readonly user: Located<string> | undefined;
  readonly capDrop: readonly Located<string>[];
  readonly securityOptions: readonly Located<string>[];
  readonly secrets: readonly Located<string>[];
  readonly configs: readonly Located<string>[];
}

/** What bears on memory, each as written; nothing is derived here. */
export interface MemorySettings {
  readonly limit: Located<Bytes> | undefined;
  readonly reservation: Located<Bytes> | undefined;
  readonly swapLimit: Located<Bytes> | undefined;
  readonly swappiness: Located<number> | undefined;
  readonly shm: Located<Bytes> | undefined;
  readonly tmpfs: readonly Tmpfs[];
  readonly oomKillDisable: Located<boolean> | undefined;
  readonly oomScoreAdj: Located<number> | undefined;
  readonly deployLimit: Located<Bytes> | undefined;
  readonly deployReservation: Located<Bytes> | undefined;
  /** The map `deploy.resources.limits` itself: present without memory it still contradicts `mem_limit`. */
  readonly deployLimits: Entry | undefined;
  readonly deployReservations: Entry | undefined;
  readonly ulimits: Entry | undefined;
}

export interface Tmpfs {
  readonly target: Located<string>;
  readonly size: Located<Bytes> | undefined;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Located<string>;
  /** Set by an env_file rather than in the Compose file. */
  readonly fromFile: boolean;
}

export interface Build {
  readonly context: Located<string> | undefined;
  readonly dockerfile: Located<string> | undefined;
  readonly dockerfileInline: Located<string> | undefined;
  readonly target: Located<string> | undefined;
  readonly args: ReadonlyMap<string, Located<string>>;
  /** The Dockerfile that this leads to, where the context is a folder. */
  readonly file: FileId | undefined;
}

/** `shell` marks the string form, which Compose splits as a shell would; the words carry their own places. */
export interface CommandLine {
  readonly words: readonly Located<string>[];
  readonly shell: boolean;
  readonly spans: readonly [Span, ...Span[]];
}

export interface Healthcheck {
  readonly disabled: boolean;
  readonly test: CommandLine | undefined;
  /** Durations in milliseconds. */
  readonly interval: Located<number> | undefined;
  readonly timeout: Located<number> | undefined;
  readonly startPeriod: Located<number> | undefined;
  readonly startInterval: Located<number> | undefined;
  readonly retries: Located<number> | undefined;
  readonly span: Span;
}

export interface Logging {
  readonly driver: Located<string> | undefined;
  readonly options: ReadonlyMap<string, Located<string>>;
  readonly span: Span;
}

export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'config' | 'secret' | 'other';
  readonly source: Located<string> | undefined;
  readonly target: Located<string>;
  readonly readOnly: boolean;
  /** The host file or folder that a bind mount leads to. */
  readonly file: FileId | undefined;
  readonly span: Span;
}

export interface Port {
  readonly target: Located<string>;
  readonly published: Located<string> | undefined;
  readonly hostIp: Located<string> | undefined;
  readonly protocol: string;
  readonly span: Span;
}

export interface Dependency {
  readonly service: Located<string>;
  readonly condition: Located<string> | undefined;
  readonly required: boolean;
}

export interface Network {
  readonly name: string;
  readonly nameSpan: Span;
  readonly external: boolean;
  readonly driverOptions: ReadonlyMap<string, Located<string>>;
}

export interface NamedVolume {
  readonly name: string;
  readonly nameSpan: Span;
  readonly external: boolean;
}

/** A secret or a config: where its content comes from. */
export interface FileObject {
  readonly name: string;
  readonly nameSpan: Span;
  readonly external: boolean;
  readonly file: FileId | undefined;
  readonly environment: Located<string> | undefined;
}
