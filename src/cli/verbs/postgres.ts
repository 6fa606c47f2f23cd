import { settingsOf, SUPPORTED_VERSIONS } from '../../analysis/documents/postgres/settings.ts';
import { resolveSettings, valueOf } from '../../analysis/documents/postgres/resolve.ts';
import type { ServerError } from '../../analysis/documents/postgres/model.ts';
import { serverWords } from '../../analysis/documents/postgres/server-words.ts';
import { message, render } from '../../base/message.ts';
import { joinPath } from '../../base/path.ts';
import { fileId } from '../../base/span.ts';
import { DiskFiles } from '../disk-files.ts';
import { text } from '../postgres-text.ts';
import { UsageError, type ExitCode, type Terminal, type Verb } from '../verb.ts';

export const postgres: Verb = {
  name: 'postgres',
  summary: text.summary,
  usage:
    'headroom postgres value NAME --config-file FILE [--pg MAJOR] [--json] [SERVER ARGUMENTS: -c NAME=VALUE, --NAME=VALUE, -N, -B, -S …]',
  options: {},
  raw: true,
  run({ words }, terminal) {
    const request = readWords(words);
    return printAnswer(request, terminal);
  },
};

interface Request {
  readonly name: string;
  readonly configFile: string;
  readonly version: number;
  readonly json: boolean;
  readonly serverWords: readonly string[];
}

/** Our own options are taken out; every other word is the server's, in its order. */
function readWords([verb, ...words]: readonly string[]): Request {
  if (verb !== 'value') throw new UsageError(message(text.unknownPart, { part: verb ?? '' }));
  const own = new Map<string, string>();
  const serverWords: string[] = [];
  let name: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [option = '', ...rest] = word.split('=');
    if (OWN_OPTIONS.has(option)) own.set(option, rest.length > 0 ? rest.join('=') : (words[++at] ?? ''));
    else if (word === '--json') own.set('--format', 'json');
    else if (name === undefined && !word.startsWith('-')) name = word;
    else {
      serverWords.push(word);
      // The word behind an option is its value, whatever it looks like: `-c work_mem=1MB`, `-N 20`.
      const next = words[at + 1];
      if (TAKES_NEXT.test(word) && next !== undefined) serverWords.push(words[++at] ?? '');
    }
  }
  const configFile = own.get('--config-file');
  if (name === undefined || configFile === undefined) throw new UsageError(message(text.needsNameAndFile));
  return { name, configFile, version: versionOf(own.get('--pg')), json: own.get('--format') === 'json', serverWords };
}

const OWN_OPTIONS = new Set(['--config-file', '--pg', '--format', '--color', '--board', '--config']);
/** A cluster of switches that ends in an option with a value, as getopt reads it. */
const TAKES_NEXT = /^-[bEeFijlnOPsT]*[BcDdfhkNprStW]$/;

const DEFAULT_VERSION = 15;

function versionOf(written: string | undefined): number {
  if (written === undefined) return DEFAULT_VERSION;
  const version = Number(/^(\d+)(?:\.\d+)?$/.exec(written)?.[1]);
  if ((SUPPORTED_VERSIONS as readonly number[]).includes(version)) return version;
  throw new UsageError(message(text.badVersion, { version: written, known: SUPPORTED_VERSIONS.join(', ') }));
}

function printAnswer(request: Request, terminal: Terminal): ExitCode {
  const { name, version, json } = request;
  const here = fileId(terminal.workingDirectory);
  const file = joinPath(here, request.configFile);
  const files = new DiskFiles();
  if (files.read(file).kind !== 'text') throw new UsageError(message(text.cannotRead, { file: request.configFile }));
  const resolution = resolveSettings({ file, files, version, folder: here, words: request.serverWords });
  const value = resolution.errors.length === 0 ? valueOf(resolution, name, version) : undefined;
  const errors = value === undefined && resolution.errors.length === 0 ? [unknownName(name)] : resolution.errors;
  if (value !== undefined) {
    const unit = settingsOf(version).find(name)?.unit ?? null;
    terminal.out(json ? `${JSON.stringify({ version: 1, name, value, unit })}\n` : `${value}\n`);
    return 0;
  }
  if (json)
    terminal.out(`${JSON.stringify({ version: 1, name, error: errors.map(({ message: said }) => render(said)).join('\n') })}\n`);
  // The server's words stay English: they are what a person will search for.
  else for (const error of errors) terminal.err(linesOf(error));
  return 1;
}

function unknownName(name: string): ServerError {
  return { message: message(serverWords.unrecognized, { name }) };
}

function linesOf({ message: said, hint }: ServerError): string {
  return `${render(said)}\n${hint === undefined ? '' : `${render(hint)}\n`}`;
}
