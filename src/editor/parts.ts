import type { PartName, Parts } from '../analysis/check-stack.ts';

/** Bundles that load when the first file needs them, and stay. */
export class PartLoader {
  #parts: Parts = {};

  get parts(): Parts {
    return this.#parts;
  }

  async load(names: readonly PartName[]): Promise<void> {
    if (names.includes('postgres'))
      this.#parts = { ...this.#parts, postgres: await import('../analysis/postgres/check-postgres.ts') };
    if (names.includes('dockerfile'))
      this.#parts = { ...this.#parts, dockerfile: await import('../analysis/dockerfile/check-dockerfiles.ts') };
    if (names.includes('mounted'))
      this.#parts = { ...this.#parts, mounted: await import('../analysis/mounted/check-mounted.ts') };
  }
}
