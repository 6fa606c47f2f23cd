import { fileId, type FileId } from '../../base/span.ts';
import type { ConfFiles } from '../documents/postgres/conf-files.ts';
import { resolveSettings, type Resolution } from '../documents/postgres/resolve.ts';
import { NEWEST_VERSION } from '../documents/postgres/settings.ts';
import { normalised } from '../documents/postgres/server-files.ts';
import { fileAt, type PostgresLink } from './link.ts';

/**
 * What the server of a service will run with: POSTGRES_INITDB_ARGS below its own conf file, includes and
 * postgresql.auto.conf as far as they are mounted, and the words of its command above all.
 */
export function effectiveSettings(link: PostgresLink, files: ConfFiles): Resolution {
  const { start, version = NEWEST_VERSION } = link;
  const words = start.words
    .map(({ text }) => text)
    .filter((word, at, all) => !isConfigFile(word) && !(word === '-c' && isConfigFile(`-c${all[at + 1] ?? ''}`)));
  const inside = new InsideFiles(link, files, start.confPath);
  return resolveSettings({ file: fileId(start.confPath), files: inside, version, folder: fileId('/'), words });
}

/** The same as plain values, by lower-case name. */
export function effectiveValues(link: PostgresLink, files: ConfFiles): ReadonlyMap<string, string> {
  return new Map([...effectiveSettings(link, files).settings].map(([name, { value }]) => [name, value]));
}

function isConfigFile(word: string): boolean {
  return /^(?:-c|--)?config[-_]file=/.test(word);
}

/** Files by their path in the container. What no mount shows is an image's own, whose settings nobody knows: as good as empty. */
class InsideFiles implements ConfFiles {
  readonly #link: PostgresLink;
  readonly #files: ConfFiles;
  readonly #main: string;

  constructor(link: PostgresLink, files: ConfFiles, main: string) {
    this.#link = link;
    this.#files = files;
    this.#main = main;
  }

  read(file: FileId): ReturnType<ConfFiles['read']> {
    const outside = fileAt(this.#link.service, normalised(file));
    if (outside !== undefined) return this.#files.read(outside);
    return { kind: 'text', source: { file, text: file === this.#main ? initialConf(this.#link) : '' } };
  }

  list(folder: FileId): ReturnType<ConfFiles['list']> {
    const outside = fileAt(this.#link.service, normalised(folder));
    return outside === undefined ? { kind: 'names', names: [] } : this.#files.list(outside);
  }
}

/** What initdb writes into the conf file of a new data folder. It takes `-c name=value` since 16. */
function initialConf({ service, version }: PostgresLink): string {
  const written = service.environment.get('POSTGRES_INITDB_ARGS')?.value.value ?? '';
  if (version !== undefined && version < 16) return '';
  return [...written.matchAll(/(?:^|\s)(?:-c|--set)[ =]?\s*([A-Za-z_][\w.]*)=("[^"]*"|'[^']*'|\S+)/g)]
    .map(([, name = '', value = '']) => `${name} = '${value.replace(/^(["'])(.*)\1$/, '$2').replace(/'/g, "''")}'\n`)
    .join('');
}
