import { matchesPattern } from './known-hosts.ts';

/**
 * OpenSSH's client configuration, for computers without an ssh client. The first value of a keyword wins; identity
 * files add up. `Match` needs a program run or a DNS answer to be judged rightly, so its blocks are reported and left out.
 */
export interface ConfigReader {
  /** The text of a file; undefined where there is none. */
  read(path: string): string | undefined;
  /** The files that an Include names, tilde and wildcards resolved, in the order of their names. */
  expand(pattern: string): readonly string[];
}

export interface ConfigAnswers {
  /** By lower-case keyword; only IdentityFile has several. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Where a Match block was left out. */
  readonly unsupported: readonly { readonly path: string; readonly line: number }[];
}

export function readConfig(paths: readonly string[], host: string, reader: ConfigReader): ConfigAnswers {
  const values = new Map<string, string[]>();
  const unsupported: { path: string; line: number }[] = [];
  for (const path of paths) {
    walk(path, reader, 0, host, ({ keyword, words, line, path: file }) => {
      if (keyword === 'match') unsupported.push({ path: file, line });
      else if (keyword === 'identityfile') values.set(keyword, [...(values.get(keyword) ?? []), ...words.slice(0, 1)]);
      else if (!values.has(keyword))
        values.set(keyword, [RAW.has(keyword) ? words.join(' ') : (words[0] ?? ''), ...words.slice(1)]);
    });
  }
  return { values, unsupported };
}

/** The names that a person would pick from: Host words without wildcards, in the order written. */
export function configuredHosts(paths: readonly string[], reader: ConfigReader): string[] {
  const names = new Set<string>();
  for (const path of paths) {
    walk(path, reader, 0, undefined, ({ keyword, words }) => {
      if (keyword !== 'host') return;
      for (const word of words) if (!/[*?!]/.test(word)) names.add(word);
    });
  }
  return [...names];
}

interface ConfigLine {
  readonly path: string;
  readonly line: number;
  readonly keyword: string;
  readonly words: readonly string[];
}

/** Keywords that take the rest of the line as it stands. */
const RAW = new Set(['proxycommand', 'localcommand', 'remotecommand', 'knownhostscommand']);

/** As OpenSSH: deeper than this is a circle. */
const MAX_DEPTH = 16;

/** Calls back for every line that applies to the host; for every line where no host is given. */
function walk(
  path: string,
  reader: ConfigReader,
  depth: number,
  host: string | undefined,
  visit: (line: ConfigLine) => void,
): void {
  const text = depth > MAX_DEPTH ? undefined : reader.read(path);
  if (text === undefined) return;
  let applies = true;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const parsed = splitLine(raw);
    if (parsed === undefined) continue;
    const line = { ...parsed, path, line: index + 1 };
    if (line.keyword === 'host') applies = host === undefined || hostMatches(line.words, host);
    else if (line.keyword === 'match') applies = host === undefined;
    // What an included file says about Host ends with that file, as it does in OpenSSH.
    if (line.keyword === 'include' && applies) {
      for (const file of line.words.flatMap((word) => reader.expand(word))) walk(file, reader, depth + 1, host, visit);
    } else if (applies || line.keyword === 'match') visit(line);
  }
}

function hostMatches(patterns: readonly string[], host: string): boolean {
  let found = false;
  for (const pattern of patterns) {
    if (!pattern.startsWith('!')) found ||= matchesPattern(pattern, host);
    else if (matchesPattern(pattern.slice(1), host)) return false;
  }
  return found;
}

function splitLine(raw: string): { keyword: string; words: string[] } | undefined {
  const match = /^\s*([A-Za-z][A-Za-z0-9]*)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(raw);
  const keyword = match?.[1]?.toLowerCase();
  if (keyword === undefined || match?.[2] === undefined) return undefined;
  return { keyword, words: RAW.has(keyword) ? [match[2]] : splitWords(match[2]) };
}

/** Double quotes hold a word together; a word that begins with `#` begins a comment. */
function splitWords(text: string): string[] {
  const words: string[] = [];
  for (const match of text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)) {
    if (match[2]?.startsWith('#') === true) break;
    words.push(match[1]?.replaceAll(/\\(["\\])/g, '$1') ?? match[2] ?? '');
  }
  return words;
}
