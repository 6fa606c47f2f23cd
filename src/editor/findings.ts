import type { FileId } from '../base/span.ts';
import { findingKey } from '../analysis/findings.ts';
import type { Finding } from '../analysis/rules/rule.ts';

/** What was found in one file, with the very text it was found in: fixes are offered only while that text stands. */
export interface FileFindings {
  readonly file: FileId;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** Findings by file. A file may belong to several stacks; each stack replaces only its own share. */
export class FindingStore {
  readonly #byStack = new Map<string, ReadonlyMap<FileId, FileFindings>>();

  /** Returns the files whose findings may differ now. */
  replace(stack: string, files: ReadonlyMap<FileId, FileFindings>): ReadonlySet<FileId> {
    const touched = new Set([...(this.#byStack.get(stack)?.keys() ?? []), ...files.keys()]);
    if (files.size === 0) this.#byStack.delete(stack);
    else this.#byStack.set(stack, files);
    return touched;
  }

  of(file: FileId): FileFindings | undefined {
    const shares = [...this.#byStack.values()].flatMap((files) => files.get(file) ?? []);
    const newest = shares.at(-1);
    if (newest === undefined || shares.length === 1) return newest;
    const findings = new Map(
      shares
        .filter(({ text }) => text === newest.text)
        .flatMap((share) => share.findings)
        .map((finding) => [findingKey(finding), finding]),
    );
    return { ...newest, findings: [...findings.values()] };
  }

  stacks(): readonly string[] {
    return [...this.#byStack.keys()];
  }
}
