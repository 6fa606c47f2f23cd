import { Documents, ParseCache, type StackRequest } from '../analysis/documents/compose/resolve.ts';
import type { ProjectFile } from '../analysis/documents/project/model.ts';
import { readProject } from '../analysis/documents/project/read-project.ts';
import { kindOf } from '../analysis/document-kinds.ts';
import { stackRequestFor } from '../analysis/stack-request.ts';
import { message } from '../base/message.ts';
import { joinPath } from '../base/path.ts';
import { fileId, type FileId } from '../base/span.ts';
import { DiskFiles } from './disk-files.ts';
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

export interface Asked {
  readonly disk: DiskFiles;
  readonly cache: ParseCache;
  readonly stacks: readonly AskedStack[];
  /** Conf files, Dockerfiles and `headroom.yaml` that were named themselves. */
  readonly single: readonly FileId[];
}

/** One stack that a person asked about, with the `headroom.yaml` that holds for it. */
export interface AskedStack {
  readonly request: StackRequest;
  readonly project: ProjectFile | undefined;
}

/** Each file is a stack of its own, with the override that Compose would load; `-f a -f b` are one. */
export async function askedStacks(call: Call, terminal: Terminal): Promise<Asked> {
  const here = fileId(terminal.workingDirectory);
  const given = call.words.includes('-') ? [await standardInput(call, terminal)] : [];
  const disk = new DiskFiles(given);
  const cache = new ParseCache();
  const documents = new Documents(disk, cache);
  const merged = textOptions(call, 'file').map((path) => joinPath(here, path));
  const words = call.words.filter((word) => word !== '-');
  const named = words.length > 0 || (merged.length === 0 && given.length === 0) ? namedFiles(words, terminal) : [];
  const files = [...given.map(({ file }) => file), ...named];
  const groups = [...(merged.length > 0 ? [merged] : []), ...files.filter(isStack).map((file) => [file])];
  const single = files.filter((file) => !isStack(file));
  for (const file of [...groups.flat(), ...single]) demandReadable(file, disk, terminal);
  return { disk, cache, stacks: groups.map((group) => asked(group, documents, call, terminal)), single };
}

function asked(files: readonly FileId[], documents: Documents, call: Call, terminal: Terminal): AskedStack {
  const here = fileId(terminal.workingDirectory);
  const [first = here] = files;
  const envFiles = textOptions(call, 'env-file').map((path) => joinPath(here, path));
  const found = stackRequestFor(first, documents, {
    environment: terminal.environment,
    profiles: textOptions(call, 'profile'),
    ...(envFiles.length > 0 && { envFiles }),
    project: configured(documents, call, here),
  });
  // `-f a -f b` is exactly these, as it is for Compose.
  const exactly = textOptions(call, 'file').length > 0 && !call.words.includes('-');
  return { project: found.project, request: exactly ? { ...found.stack, files } : found.stack };
}

/** The file that `--config` names; without it the nearest one counts. */
function configured(documents: Documents, call: Call, here: FileId): ProjectFile | undefined {
  const named = textOption(call, 'config');
  if (named === undefined) return undefined;
  const reading = documents.read(joinPath(here, named));
  if (reading.kind !== 'text') throw new UsageError(message(text.unreadable, { path: named, reason: reading.kind }));
  return readProject(documents.yaml(reading.source));
}

async function standardInput(call: Call, terminal: Terminal) {
  const name = textOption(call, 'stdin-filename');
  if (name === undefined) throw new UsageError(message(text.needsFilename));
  return { file: joinPath(fileId(terminal.workingDirectory), name), text: await terminal.readStdin() };
}

/** What a person named must be there; what a stack pulls in is a finding. */
function demandReadable(file: FileId, disk: DiskFiles, terminal: Terminal): void {
  const { kind } = disk.read(file);
  if (kind !== 'text') throw new UsageError(message(text.unreadable, { path: shown(file, terminal), reason: kind }));
}

/** Any YAML that somebody names is a stack, whatever it is called. */
function isStack(file: FileId): boolean {
  return (kindOf(file) ?? (/\.conf$/i.test(file) ? 'postgres-conf' : 'compose')) === 'compose';
}
