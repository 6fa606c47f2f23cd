import { createHmac, randomBytes } from 'node:crypto';
import type { KnownHostsPlace } from '../errors.ts';
import { keyTypeOf } from './host-key.ts';

/** One line of a known_hosts file that carries a key. */
export interface KnownHostsLine {
  readonly place: KnownHostsPlace;
  readonly marker?: 'revoked' | 'cert-authority';
  /** The first field as written: names and patterns with commas between, or one hashed name. */
  readonly hosts: string;
  readonly key: Buffer;
}

export type HostKeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'revoked'; readonly places: readonly KnownHostsPlace[] }
  | { readonly kind: 'changed'; readonly places: readonly KnownHostsPlace[] }
  | {
      readonly kind: 'unknown';
      /** A certificate authority is trusted for this host; ssh2 negotiates no certificates, so the plain key is judged. */
      readonly certificateAuthority: boolean;
      /** Keys of other types are known for this host, and the server has not shown one of those. */
      readonly otherTypes: readonly KnownHostsPlace[];
    };

/** Lines that OpenSSH would ignore (comments, garbage, unknown markers) are left out. */
export function parseKnownHosts(path: string, text: string): KnownHostsLine[] {
  return text.split('\n').flatMap((line, index) => {
    const parsed = parseLine(line.trim(), { path, line: index + 1 });
    return parsed === undefined ? [] : [parsed];
  });
}

/**
 * OpenSSH calls a key changed as soon as the host has any other key on file, also one of another type. Here only a
 * key of the same type counts as changed; a first key of another type is asked about, with the known ones named.
 */
export function judgeHostKey(lines: readonly KnownHostsLine[], name: string, port: number, key: Buffer): HostKeyVerdict {
  const verdict = judge(lines, knownName(name, port), key);
  // As OpenSSH: a key on file for the bare name vouches for another port too, but never speaks against it.
  if (verdict.kind === 'unknown' && port !== 22 && judge(lines, knownName(name, 22), key).kind === 'known')
    return { kind: 'known' };
  return verdict;
}

/** The types of the keys on file, which decide what is asked of the server first. */
export function knownKeyTypes(lines: readonly KnownHostsLine[], name: string, port: number): string[] {
  const host = knownName(name, port);
  const own = lines.filter((line) => line.marker === undefined && matches(line.hosts, host));
  return [...new Set(own.map(({ key }) => keyTypeOf(key)))];
}

/** `attic-pi`, or `[attic-pi]:2222` for a port other than 22. */
export function knownName(name: string, port: number): string {
  const lower = name.toLowerCase();
  return port === 22 ? lower : `[${lower}]:${String(port)}`;
}

/** A line to append, with its name hashed where the user's configuration asks for that. */
export function knownHostsEntry(name: string, port: number, key: Buffer, hashed: boolean): string {
  const plain = knownName(name, port);
  return `${hashed ? hashName(plain, randomBytes(20)) : plain} ${keyTypeOf(key)} ${key.toString('base64')}\n`;
}

function judge(lines: readonly KnownHostsLine[], host: string, key: Buffer): HostKeyVerdict {
  const mine = lines.filter((line) => matches(line.hosts, host));
  const same = mine.filter((line) => line.key.equals(key));
  const revoked = same.filter(({ marker }) => marker === 'revoked');
  if (revoked.length > 0) return { kind: 'revoked', places: revoked.map(({ place }) => place) };
  if (same.some(({ marker }) => marker === undefined)) return { kind: 'known' };
  const plain = mine.filter(({ marker }) => marker === undefined);
  const type = keyTypeOf(key);
  const rivals = plain.filter((line) => keyTypeOf(line.key) === type);
  if (rivals.length > 0) return { kind: 'changed', places: rivals.map(({ place }) => place) };
  return {
    kind: 'unknown',
    certificateAuthority: mine.some(({ marker }) => marker === 'cert-authority'),
    otherTypes: plain.map(({ place }) => place),
  };
}

function parseLine(line: string, place: KnownHostsPlace): KnownHostsLine | undefined {
  if (line === '' || line.startsWith('#')) return undefined;
  const fields = line.split(/[ \t]+/);
  const marker = fields[0]?.startsWith('@') === true ? fields.shift()?.slice(1) : undefined;
  if (marker !== undefined && marker !== 'revoked' && marker !== 'cert-authority') return undefined;
  const [hosts, type, encoded] = fields;
  if (hosts === undefined || type === undefined || encoded === undefined) return undefined;
  const key = Buffer.from(encoded, 'base64');
  if (keyTypeOf(key) !== type) return undefined;
  return { place, hosts, key, ...(marker === undefined ? {} : { marker }) };
}

/** A negated pattern that matches rules the whole line out, wherever it stands. */
function matches(hosts: string, host: string): boolean {
  if (hosts.startsWith('|')) return matchesHash(hosts, host);
  let found = false;
  for (const pattern of hosts.split(',')) {
    if (!pattern.startsWith('!')) found ||= matchesPattern(pattern, host);
    else if (matchesPattern(pattern.slice(1), host)) return false;
  }
  return found;
}

/** `*` and `?`, nothing else; letters of either case. Linear: a pattern can't make it slow. */
export function matchesPattern(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = name.toLowerCase();
  let star = -1;
  let retry = 0;
  let at = 0;
  for (let index = 0; index < given.length;) {
    const sign = wanted[at];
    if (sign === '*') {
      star = at++;
      retry = index;
    } else if (sign !== undefined && (sign === '?' || sign === given[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++retry;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}

function matchesHash(hosts: string, host: string): boolean {
  const [, version, salt] = hosts.split('|');
  return version === '1' && salt !== undefined && hosts === hashName(host, Buffer.from(salt, 'base64'));
}

function hashName(host: string, salt: Buffer): string {
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(host).digest('base64')}`;
}
