import type { FileId, Span } from '../../../base/span.ts';
import type { Located } from '../located.ts';
import type { FileObject, NamedVolume, Network, Problem, Service, Stack } from './model.ts';
import { readFileObjects, readNetworks, readVolumes } from './resources.ts';
import { readService } from './service.ts';
import { asMapping, type Mapping } from './value.ts';

export interface StackParts {
  readonly files: readonly FileId[];
  readonly name: Located<string>;
  readonly anchor: Span;
  readonly active: ReadonlyMap<string, Mapping>;
  readonly problems: readonly Problem[];
}

/** The typed side is read when it is first asked for: printing a project, or finding that a file is broken, needs none of it. */
export class ResolvedStack implements Stack {
  readonly kind = 'compose';
  readonly files: readonly FileId[];
  readonly name: Located<string>;
  readonly tree: Mapping;
  readonly problems: readonly Problem[];
  readonly anchor: Span;
  readonly #active: ReadonlyMap<string, Mapping>;
  #services: readonly Service[] | undefined;
  #networks: readonly Network[] | undefined;
  #volumes: readonly NamedVolume[] | undefined;
  #secrets: readonly FileObject[] | undefined;
  #configs: readonly FileObject[] | undefined;

  constructor(tree: Mapping, parts: StackParts) {
    this.tree = tree;
    this.files = parts.files;
    this.name = parts.name;
    this.problems = parts.problems;
    this.anchor = parts.anchor;
    this.#active = parts.active;
  }

  get services(): readonly Service[] {
    return (this.#services ??= [...(asMapping(this.tree.get('services'))?.entries ?? [])].map(([name, entry]) =>
      readService(name, entry, this.#active.has(name), this),
    ));
  }

  get networks(): readonly Network[] {
    return (this.#networks ??= readNetworks(this.tree.get('networks')));
  }

  get volumes(): readonly NamedVolume[] {
    return (this.#volumes ??= readVolumes(this.tree.get('volumes')));
  }

  get secrets(): readonly FileObject[] {
    return (this.#secrets ??= readFileObjects(this.tree.get('secrets')));
  }

  get configs(): readonly FileObject[] {
    return (this.#configs ??= readFileObjects(this.tree.get('configs')));
  }
}
