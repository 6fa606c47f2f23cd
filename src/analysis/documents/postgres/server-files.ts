import type { Service } from '../compose/model.ts';
import type { Located } from '../located.ts';
import { parseServerArguments, type ServerArguments } from './arguments.ts';

/** How a container starts PostgreSQL: the server's words, what they say, and the conf file that it reads, by its path inside. */
export interface ServerStart {
  readonly words: readonly Located<string>[];
  readonly given: ServerArguments;
  readonly confPath: string;
}

/** `words` is the whole command; the program's own name and an image's entrypoint are not the server's. */
export function serverStart(words: readonly Located<string>[], service: Service, version: number | undefined): ServerStart {
  const named = /(?:^|\/)(?:postgres|postmaster)$/.test(words[0]?.text ?? '');
  const own = named ? words.slice(1) : words;
  const given = parseServerArguments(own.map(({ text }) => text));
  const data = given.dataFolder ?? service.environment.get('PGDATA')?.value.value ?? dataFolder(version);
  return { words: own, given, confPath: normalised(given.configFile ?? `${data}/postgresql.conf`) };
}

/** 18 moved its data below a folder of the version. */
function dataFolder(version: number | undefined): string {
  return version !== undefined && version >= 18 ? `/var/lib/postgresql/${String(version)}/docker` : '/var/lib/postgresql/data';
}

/** Paths in the container that mounts and settings spell differently: doubled slashes, one at the end. */
export function normalised(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
}

/** Whether a file's name says that it is a conf file of the server: never pg_hba.conf and its like. */
export function isConfName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.conf') && /postgres|^pg[-_]|tuning|custom/i.test(name) && !OTHER_FILES.test(name);
}

const OTHER_FILES = /^(?:pg_hba|pg_ident|pg_service|pgpool|pgbouncer|pgbackrest|pg_hba.*)\.conf$/i;
