import { isIP } from 'node:net';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Message } from '../../base/message.ts';
import type { LiveError } from '../errors.ts';

/** Where a connection goes and how it proves itself, after all configuration has been read. */
export interface HostTarget {
  /** As the user named it. */
  readonly name: string;
  readonly hostName: string;
  readonly port: number;
  readonly user: string;
  /** Absolute paths, in the order to try. */
  readonly identityFiles: readonly string[];
  /** Offers from the agent only what an identity file names. */
  readonly identitiesOnly: boolean;
  /** Sockets, Windows pipes or `pageant`; all that answer are asked. */
  readonly agents: readonly string[];
  /** First hop first. */
  readonly jumps: readonly HostTarget[];
  readonly proxyCommand?: string;
  readonly knownHosts: KnownHostsPolicy;
  readonly connectTimeoutMs?: number;
  /** What of the user's configuration could not be followed. */
  readonly notes: readonly Message[];
}

export interface KnownHostsPolicy {
  /** The first is written to. */
  readonly userFiles: readonly string[];
  readonly globalFiles: readonly string[];
  /** Stands for name and port in known_hosts. */
  readonly alias?: string;
  readonly hashNames: boolean;
  readonly unknown: 'ask' | 'refuse' | 'accept';
  readonly algorithms?: readonly string[];
}

/** What was typed: a Host of the SSH configuration, `user@name:port`, `[v6]:port`, or an `ssh://` URL. */
export interface HostName {
  readonly name: string;
  readonly user?: string;
  readonly port?: number;
}

export function parseHostName(typed: string): Result<HostName, LiveError> {
  const bad = fail<LiveError>({ kind: 'badHostName', name: typed });
  const text = typed
    .trim()
    .replace(/^ssh:\/\//, '')
    .replace(/\/$/, '');
  const at = text.lastIndexOf('@');
  const user = at < 0 ? undefined : text.slice(0, at);
  const { name, port } = splitAddress(text.slice(at + 1));
  if (!isHostName(name) || (user !== undefined && !isUserName(user))) return bad;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535)) return bad;
  return ok({ name, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port: Number(port) }) });
}

/** Strict, because these words reach `ssh -G`, a `Match exec` and a ProxyCommand of the user's own configuration. */
export function isHostName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{N}._+-]*$/u.test(name) || isIP(name.replace(/%[\w.-]+$/, '')) === 6;
}

export function isUserName(user: string): boolean {
  return /^[\p{L}\p{N}_.][\p{L}\p{N}._+@-]*\$?$/u.test(user);
}

/** `[v6]:port`, a bare IPv6 address (two colons at least), or `name:port`. */
function splitAddress(text: string): { name: string; port?: string } {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  const match = bracketed ?? /^([^:]+)(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return { name: text };
  return { name: match[1] ?? '', ...(match[2] === undefined ? {} : { port: match[2] }) };
}
