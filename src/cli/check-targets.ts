import { checkStack } from '../analysis/check-stack.ts';
import { Documents, ParseCache, type StackRequest } from '../analysis/documents/compose/resolve.ts';
import { findingKey, inOrder } from '../analysis/findings.ts';
import type { Finding } from '../analysis/rules/rule.ts';
import { message } from '../base/message.ts';
import { joinPath } from '../base/path.ts';
import { LineIndex } from '../base/position.ts';
import { fileId, type FileId, type Span } from '../base/span.ts';
import { DiskFiles } from './disk-files.ts';
import type { Place, Report } from './formats/format.ts';
import { surroundingsOf } from './surroundings.ts';
import { namedFiles, shown } from './targets.ts';
import { text } from './text.ts';
import { textOption, textOptions, UsageError, type Call, type Terminal } from './verb.ts';

/** The options by which verbs choose the stacks that they look at. */
export const stackOptions = {
  file: { type: 'string', short: 'f', multiple: true },
  profile: { type: 'string', multiple: true },
  'env-file': { type: 'string', multiple: true },
  'stdin-filename': { type: 'string' },
} as const;

/** Looks at what the user named. The result can be looked at again after files were changed. */
export async function checkTargets(call: Call, terminal: Terminal): Promise<Check> {
  const { source, requests } = await targets(call, terminal);
  return new Check(new DiskFiles(source), requests, call, terminal);
}

async function targets(call: Call, terminal: Terminal) {
  const here = fileId(terminal.workingDirectory);
  const common = {
    environment: terminal.environment,
    profiles: textOptions(call, 'profile'),
    envFiles: textOptions(call, 'env-file').map((file) => joinPath(here, file)),
  };
  if (call.words.length === 1 && call.words[0] === '-') {
    const name = textOption(call, 'stdin-filename');
    if (name === undefined) throw new UsageError(message(text.needsFilename));
    const file = joinPath(here, name);
    return { source: [{ file, text: await terminal.readStdin() }], requests: [{ ...common, files: [file] }] };
  }
  const merged = textOptions(call, 'file');
  const stacks = merged.length > 0 ? [namedFiles(merged, terminal)] : namedFiles(call.words, terminal).map((file) => [file]);
  return { source: [], requests: stacks.map((files) => ({ ...common, files })) };
}

export class Check implements Report {
  readonly disk: DiskFiles;
  readonly #requests: readonly StackRequest[];
  readonly #call: Call;
  readonly #terminal: Terminal;
  readonly #cache = new ParseCache();
  readonly #lines = new Map<FileId, LineIndex>();
  findings: readonly Finding[] = [];
  files: readonly FileId[] = [];

  constructor(disk: DiskFiles, requests: readonly StackRequest[], call: Call, terminal: Terminal) {
    this.disk = disk;
    this.#requests = requests;
    this.#call = call;
    this.#terminal = terminal;
    this.run();
  }

  run(): void {
    const findings = new Map<string, Finding>();
    const files = new Set<FileId>();
    for (const stack of this.#requests) {
      const documents = new Documents(this.disk, this.#cache);
      const checked = checkStack({ stack, documents, surroundings: surroundingsOf(this.#call), settings: new Map() });
      for (const finding of checked.findings) findings.set(findingKey(finding), finding);
      for (const file of checked.stack.files) files.add(file);
      this.#demandReadable(stack.files);
    }
    this.findings = inOrder([...findings.values()]);
    this.files = [...files];
    this.#lines.clear();
  }

  shown(file: FileId): string {
    return shown(file, this.#terminal);
  }

  textOf(file: FileId): string {
    const reading = this.disk.read(file);
    return reading.kind === 'text' ? reading.source.text : '';
  }

  place({ file, start, end }: Span): Place {
    const index = this.#lines.get(file) ?? new LineIndex(this.textOf(file));
    this.#lines.set(file, index);
    const [from, to] = [index.position(start), index.position(end)];
    return { line: from.line + 1, column: from.column + 1, endLine: to.line + 1, endColumn: to.column + 1 };
  }

  /** What a person named must be there; what a stack pulls in is a finding. */
  #demandReadable(files: readonly FileId[]): void {
    for (const file of files) {
      const { kind } = this.disk.read(file);
      if (kind !== 'text') throw new UsageError(message(text.unreadable, { path: shown(file, this.#terminal), reason: kind }));
    }
  }
}
