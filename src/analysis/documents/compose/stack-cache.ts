import type { FileId } from '../../../base/span.ts';
import type { Reading } from '../source.ts';
import type { Documents } from './documents.ts';
import type { Stack } from './model.ts';
import { resolveStack, type StackRequest } from './resolve.ts';

interface Kept {
  readonly stack: Stack;
  /** Every file that was looked at, and what was found: missing ones count, since they may appear. */
  readonly readings: ReadonlyMap<FileId, Reading>;
}

/** Keeps resolved stacks for as long as no file that fed into them changed. An edit elsewhere resolves nothing again. */
export class StackCache {
  readonly #kept = new Map<string, Kept>();
  #resolved = 0;

  /** How often a stack was worked out rather than remembered. */
  get resolved(): number {
    return this.#resolved;
  }

  resolve(request: StackRequest, documents: Documents): Stack {
    const key = keyOf(request);
    const kept = this.#kept.get(key);
    if (kept !== undefined && [...kept.readings].every(([file, reading]) => same(reading, documents.read(file))))
      return kept.stack;
    this.#resolved++;
    const stack = resolveStack(request, documents);
    this.#kept.set(key, { stack, readings: new Map(documents.readings) });
    return stack;
  }
}

function keyOf({ files, projectDirectory, environment, profiles, envFiles }: StackRequest): string {
  return JSON.stringify([files, projectDirectory, [...environment], profiles, envFiles]);
}

function same(one: Reading, other: Reading): boolean {
  if (one.kind !== 'text' || other.kind !== 'text') return one.kind === other.kind;
  return one.source === other.source;
}
