import type { Bytes } from '../../base/bytes.ts';
import type { Span } from '../../base/span.ts';
import type { SourceText } from '../documents/source.ts';
import type { YamlFile } from '../documents/yaml-tree.ts';
import type { Directive } from './nginx-tree.ts';

/** A file that a stack hands to a program, or that an image is built from, with what the stack says of it. */
export type MountedFile = PrometheusFile | NginxFile | PackageFile | CsprojFile | NextConfigFile;

export interface PrometheusFile {
  readonly kind: 'prometheus';
  readonly source: SourceText;
  readonly yaml: YamlFile;
  /** Undefined for a file that is looked at by itself: it may be one for a Prometheus without a container. */
  readonly container: PrometheusContainer | undefined;
}

export interface PrometheusContainer {
  readonly service: string;
  /** Where `localhost` is shared with others: the host's network, or another container's. */
  readonly sharesNetwork: boolean;
  readonly port: number;
  /** The file's own path in the container: rule files are named from there. */
  readonly path: string;
  /** Files with rules that are mounted, by their path in the container, and where the stack mounts them. */
  readonly rules: readonly { readonly path: string; readonly span: Span }[];
}

export interface NginxFile {
  readonly kind: 'nginx';
  readonly source: SourceText;
  readonly directives: readonly Directive[];
  readonly limit: { readonly value: Bytes; readonly span: Span } | undefined;
}

/** Names in `dependencies`, what only tests and builds need left out. */
export interface PackageFile {
  readonly kind: 'package-json';
  readonly source: SourceText;
  readonly dependencies: ReadonlyMap<string, Span>;
}

export interface CsprojFile {
  readonly kind: 'csproj';
  readonly source: SourceText;
  readonly publishAot: Span | undefined;
  readonly packages: readonly { readonly name: string; readonly major: number | undefined; readonly span: Span }[];
}

export interface NextConfigFile {
  readonly kind: 'next-config';
  readonly source: SourceText;
  /** `output: 'export'`, where it stands. */
  readonly exported: Span | undefined;
  /** The services that are built here and keep a Node running; with what that takes where it is known. */
  readonly servedBy: readonly { readonly service: string; readonly typical: Bytes | undefined; readonly span: Span }[];
}
