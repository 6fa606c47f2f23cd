import { discover, overrideOf } from '../../analysis/documents/compose/discover.ts';
import type { Problem, Stack } from '../../analysis/documents/compose/model.ts';
import { stackOrigins } from '../../analysis/documents/compose/origins.ts';
import { projectJson, unprintableService } from '../../analysis/documents/compose/project-json.ts';
import { Documents, ParseCache, resolveStack, type StackRequest } from '../../analysis/documents/compose/resolve.ts';
import { message, render } from '../../base/message.ts';
import { joinPath } from '../../base/path.ts';
import { LineIndex } from '../../base/position.ts';
import { fileId, type FileId, type Span } from '../../base/span.ts';
import { DiskFiles } from '../disk-files.ts';
import { text } from '../resolve-text.ts';
import { namedFiles, shown } from '../targets.ts';
import { text as common } from '../text.ts';
import { flag, textOption, textOptions, UsageError, type Call, type ExitCode, type Terminal, type Verb } from '../verb.ts';

export const resolve: Verb = {
  name: 'resolve',
  summary: text.resolveSummary,
  usage:
    'headroom resolve [FILE|FOLDER…] [-f FILE…] [--profile P…] [--env-file F…] [--project-directory D] [--origins] [--force] [- --stdin-filename NAME]',
  options: {
    file: { type: 'string', short: 'f', multiple: true },
    profile: { type: 'string', multiple: true },
    'env-file': { type: 'string', multiple: true },
    'project-directory': { type: 'string' },
    'stdin-filename': { type: 'string' },
    origins: { type: 'boolean' },
    force: { type: 'boolean' },
  },
  async run(call, terminal) {
    const { disk, requests } = await targets(call, terminal);
    const cache = new ParseCache();
    const answers = requests.map((request) => answer(request, new Documents(disk, cache), call, terminal));
    const printed = answers.flatMap(({ json }) => json ?? []);
    if (printed.length > 0) terminal.out(`${JSON.stringify(requests.length === 1 ? printed[0] : printed, null, 2)}\n`);
    return answers.some(({ exit }) => exit === 1) ? 1 : 0;
  },
};

interface Targets {
  readonly disk: DiskFiles;
  readonly requests: readonly StackRequest[];
}

async function targets(call: Call, terminal: Terminal): Promise<Targets> {
  const here = fileId(terminal.workingDirectory);
  const paths = (option: string): readonly FileId[] => textOptions(call, option).map((path) => joinPath(here, path));
  const [projectDirectory] = paths('project-directory');
  const envFiles = paths('env-file');
  const base = {
    environment: terminal.environment,
    profiles: textOptions(call, 'profile'),
    ...(projectDirectory === undefined ? {} : { projectDirectory }),
    ...(envFiles.length > 0 ? { envFiles } : {}),
  };
  if (call.words.includes('-')) {
    const name = textOption(call, 'stdin-filename');
    if (name === undefined) throw new UsageError(message(common.needsFilename));
    const file = joinPath(here, name);
    return { disk: new DiskFiles([{ file, text: await terminal.readStdin() }]), requests: [{ ...base, files: [file] }] };
  }
  const disk = new DiskFiles();
  if (call.words.length > 0) {
    const files = namedFiles(call.words, terminal);
    return {
      disk,
      requests: files.map((file) => ({ ...base, files: readable([file, ...override(file, disk)], disk, terminal) })),
    };
  }
  const found = discover({ directory: here, ...base, files: paths('file') }, disk);
  if (found.files.length === 0) throw new UsageError(message(text.noProject, { folder: terminal.workingDirectory }));
  const request = { ...base, files: readable(found.files, disk, terminal) };
  return { disk, requests: [found.envFiles === undefined ? request : { ...request, envFiles: found.envFiles }] };
}

function override(file: FileId, disk: DiskFiles): readonly FileId[] {
  const found = overrideOf(file, disk);
  return found === undefined ? [] : [found];
}

function readable(files: readonly FileId[], disk: DiskFiles, terminal: Terminal): readonly FileId[] {
  const missing = files.find((file) => disk.read(file).kind !== 'text');
  if (missing !== undefined) throw new UsageError(message(text.unreadableFile, { path: shown(missing, terminal) }));
  return files;
}

function answer(request: StackRequest, documents: Documents, call: Call, terminal: Terminal): { json: unknown; exit: ExitCode } {
  const stack = resolveStack(request, documents);
  const places = new Places(documents, terminal);
  for (const problem of stack.problems) report(problem, places, terminal);
  const unprintable = unprintableService(stack);
  if (unprintable !== undefined) terminal.say(message(text.unprintable, { service: unprintable }));
  const refused = unprintable !== undefined || stack.problems.some((problem) => problem.refused);
  if (refused && !flag(call, 'force')) {
    terminal.say(message(text.refused));
    return { json: undefined, exit: 1 };
  }
  const json = flag(call, 'origins')
    ? { ...projectJson(stack), 'x-headroom-origins': origins(stack, places) }
    : projectJson(stack);
  return { json, exit: refused ? 1 : 0 };
}

function report({ message: said, span }: Problem, places: Places, terminal: Terminal): void {
  terminal.say(message(text.problemAt, { place: places.shown(span), message: render(said, terminal.translate) }));
}

/** For each value its chain, the deciding place first; `from` is what stands there or the variable that it came by. */
function origins(stack: Stack, places: Places): Record<string, unknown> {
  return Object.fromEntries(
    [...stackOrigins(stack)].map(([path, chain]) => [
      path,
      chain.map((origin) => {
        const place = 'span' in origin ? places.of(origin.span) : {};
        if (origin.kind === 'written' || origin.kind === 'default') return { kind: origin.kind, text: origin.text, ...place };
        return { kind: origin.kind, name: origin.name, ...place };
      }),
    ]),
  );
}

class Places {
  readonly #documents: Documents;
  readonly #terminal: Terminal;
  readonly #lines = new Map<FileId, LineIndex>();

  constructor(documents: Documents, terminal: Terminal) {
    this.#documents = documents;
    this.#terminal = terminal;
  }

  of({ file, start }: Span): { file: string; line: number; column: number } {
    const { line, column } = this.#index(file).position(start);
    return { file: shown(file, this.#terminal), line: line + 1, column: column + 1 };
  }

  shown(span: Span): string {
    const { file, line, column } = this.of(span);
    return `${file}:${String(line)}:${String(column)}`;
  }

  #index(file: FileId): LineIndex {
    const known = this.#lines.get(file);
    if (known !== undefined) return known;
    const reading = this.#documents.read(file);
    const index = new LineIndex(reading.kind === 'text' ? reading.source.text : '');
    this.#lines.set(file, index);
    return index;
  }
}
