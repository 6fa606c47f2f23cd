import { folderOf, joinPath, nameOf } from '../../base/path.ts';
import { message } from '../../base/message.ts';
import { fileId, type FileId } from '../../base/span.ts';
import { Documents, ParseCache, resolveStack } from '../../analysis/documents/compose/resolve.ts';
import type { Stack } from '../../analysis/documents/compose/model.ts';
import type { ProjectFile } from '../../analysis/documents/project/model.ts';
import { readProject } from '../../analysis/documents/project/read-project.ts';
import type { FileReader } from '../../analysis/documents/source.ts';
import { DiskFiles } from '../disk-files.ts';
import { namedFiles, shown } from '../targets.ts';
import { text } from '../text.ts';
import { textOption, textOptions, UsageError, type Call, type Terminal } from '../verb.ts';

/** One stack that a person asked about, resolved, with the headroom.yaml that holds for it. */
export interface AskedStack {
  readonly title: string;
  readonly stack: Stack;
  readonly files: FileReader;
  readonly project: ProjectFile | undefined;
}

export const stackOptions = {
  file: { type: 'string', short: 'f', multiple: true },
  profile: { type: 'string', multiple: true },
  'env-file': { type: 'string', multiple: true },
  'stdin-filename': { type: 'string' },
} as const;

/** Each file is a stack of its own, with its override; `-f a -f b` are one. */
export async function askedStacks(call: Call, terminal: Terminal): Promise<readonly AskedStack[]> {
  const here = fileId(terminal.workingDirectory);
  const merged = textOptions(call, 'file').map((path) => joinPath(here, path));
  const stdin = call.words.includes('-') ? await fromStdin(call, terminal) : undefined;
  const files = new DiskFiles(stdin === undefined ? [] : [stdin]);
  const words = call.words.filter((word) => word !== '-');
  const single = words.length > 0 || (merged.length === 0 && stdin === undefined) ? namedFiles(words, terminal) : [];
  const groups = [
    ...(merged.length > 0 ? [merged] : []),
    ...(stdin === undefined ? [] : [[stdin.file]]),
    ...single.map((file) => withOverride(file, files)),
  ];
  const cache = new ParseCache();
  return groups.map((group) => {
    const documents = new Documents(files, cache);
    const envFiles = textOptions(call, 'env-file').map((path) => joinPath(here, path));
    const request = {
      files: group,
      environment: terminal.environment,
      profiles: textOptions(call, 'profile'),
      ...(envFiles.length > 0 ? { envFiles } : {}),
    };
    const stack = resolveStack(request, documents);
    const title = group.map((file) => shown(file, terminal)).join(' + ');
    return { title, stack, files: documents, project: projectOf(call, group[0] ?? here, documents, here) };
  });
}

async function fromStdin(call: Call, terminal: Terminal) {
  const name = textOption(call, 'stdin-filename');
  if (name === undefined) throw new UsageError(message(text.needsFilename));
  return { file: joinPath(fileId(terminal.workingDirectory), name), text: await terminal.readStdin() };
}

/** Compose loads one override, and only beside a file that bears its standard name. */
function withOverride(file: FileId, files: FileReader): readonly FileId[] {
  const stem = /^((?:docker-)?compose)\.ya?ml$/.exec(nameOf(file))?.[1];
  if (stem === undefined) return [file];
  const override = ['compose', 'docker-compose']
    .flatMap((name) => [`${name}.override.yml`, `${name}.override.yaml`])
    .map((name) => joinPath(folderOf(file), name))
    .find((each) => files.read(each).kind === 'text');
  return override === undefined ? [file] : [file, override];
}

/** The nearest headroom.yaml upwards, or the one that `--config` names. */
function projectOf(call: Call, file: FileId, documents: Documents, here: FileId): ProjectFile | undefined {
  const named = textOption(call, 'config');
  const candidates = named === undefined ? upwards(folderOf(file)) : [joinPath(here, named)];
  for (const candidate of candidates) {
    const reading = documents.read(candidate);
    if (reading.kind === 'text') return readProject(documents.yaml(reading.source));
  }
  if (named !== undefined) throw new UsageError(message(text.unreadable, { path: named, reason: 'ENOENT' }));
  return undefined;
}

function upwards(folder: FileId): readonly FileId[] {
  const above = folderOf(folder);
  const own = joinPath(folder, 'headroom.yaml');
  return above === folder || above === '.' ? [own] : [own, ...upwards(above)];
}
