import { message, type Message } from '../base/message.ts';
import { text } from './text.ts';

/**
 * Everything that can go wrong between here and a host. Closed, so that a front end can treat every case and no one
 * matches message text; plain data, so that it crosses to a web view or into JSON. Nothing in it is a secret.
 */
export type LiveError =
  | { readonly kind: 'badHostName'; readonly name: string }
  | { readonly kind: 'proxyCommandNeedsTrust'; readonly host: string; readonly command: string }
  | { readonly kind: 'proxyCommandFailed'; readonly host: string; readonly command: string; readonly detail: string }
  | { readonly kind: 'nameNotFound'; readonly host: string }
  | { readonly kind: 'unreachable'; readonly host: string; readonly port: number; readonly why: UnreachableWhy }
  | { readonly kind: 'notSsh'; readonly host: string; readonly port: number }
  | { readonly kind: 'noCommonAlgorithm'; readonly host: string; readonly detail: string }
  | { readonly kind: 'timedOut'; readonly what: TimedOutWhat; readonly seconds: number }
  | ({ readonly kind: 'hostKeyUnknown' } & HostKeyFacts & { readonly certificateAuthority: boolean })
  | ({ readonly kind: 'hostKeyChanged' } & HostKeyFacts & { readonly places: readonly KnownHostsPlace[] })
  | ({ readonly kind: 'hostKeyRevoked' } & HostKeyFacts & { readonly places: readonly KnownHostsPlace[] })
  | {
      readonly kind: 'authFailed';
      readonly user: string;
      readonly host: string;
      /** What was offered to the server, in order: `key ~/.ssh/id_ed25519`, `agent`, `password`. */
      readonly tried: readonly string[];
      /** What the server would have taken. */
      readonly accepted: readonly string[];
      /** Keys that could not be offered, and why. */
      readonly unusable: readonly UnusableKey[];
    }
  | { readonly kind: 'jumpFailed'; readonly jump: string; readonly cause: LiveError }
  | { readonly kind: 'forwardingForbidden'; readonly host: string; readonly to: string }
  | { readonly kind: 'connectionLost'; readonly host: string }
  | { readonly kind: 'channelRefused'; readonly host: string; readonly detail: string }
  | { readonly kind: 'commandNotFound'; readonly program: string }
  | { readonly kind: 'commandFailed'; readonly program: string; readonly exitCode: number | null; readonly complaint: string }
  | { readonly kind: 'outputTooLong'; readonly program: string; readonly limit: number }
  | { readonly kind: 'outputUnreadable'; readonly program: string; readonly detail: string }
  | { readonly kind: 'dockerMissing'; readonly host: string }
  | { readonly kind: 'dockerStopped'; readonly host: string; readonly socket: string }
  | {
      readonly kind: 'dockerDenied';
      readonly host: string;
      readonly socket: string;
      readonly user: string;
      readonly inGroup: boolean;
    }
  | { readonly kind: 'dockerNoWay'; readonly host: string; readonly detail: string }
  | { readonly kind: 'engineRefused'; readonly status: number; readonly said: string }
  | { readonly kind: 'engineUnreadable'; readonly detail: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'closed' };

export type LiveErrorKind = LiveError['kind'];

export type UnreachableWhy = 'refused' | 'noRoute' | 'reset' | 'noNetwork' | 'other';

export type TimedOutWhat = 'connect' | 'login' | 'command' | 'docker' | 'keepalive';

export interface HostKeyFacts {
  /** As known_hosts writes it: `attic-pi` or `[attic-pi]:2222`. */
  readonly host: string;
  /** `ED25519`, `ECDSA`, `RSA`: as OpenSSH prints it. */
  readonly keyType: string;
  /** `SHA256:…`, as OpenSSH prints it. */
  readonly fingerprint: string;
}

export interface KnownHostsPlace {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

export interface UnusableKey {
  readonly path: string;
  readonly why: 'missing' | 'unreadable' | 'format' | 'passphrase' | 'agentGone';
}

/** What happened and what the user can do, as two sentences. */
export interface Explanation {
  readonly what: Message;
  readonly wayOut: Message;
}

export function explain(error: LiveError): Explanation {
  const [what, wayOut] = templates(error);
  const data = dataOf(error);
  return { what: message(what, data), wayOut: message(wayOut, data) };
}

/** Whether waiting and trying again can help, with no one touching anything here. */
export function mayPass(error: LiveError): boolean {
  switch (error.kind) {
    case 'nameNotFound':
    case 'unreachable':
    case 'timedOut':
    case 'connectionLost':
    case 'channelRefused':
    case 'dockerStopped':
      return true;
    // A machine that is booting, or a port that something else holds for a moment, greets with anything.
    case 'notSsh':
      return true;
    case 'jumpFailed':
      return mayPass(error.cause);
    default:
      return false;
  }
}

function templates(error: LiveError): readonly [string, string] {
  switch (error.kind) {
    case 'unreachable':
      return [text[`unreachable.${error.why}`], text[`unreachableWayOut.${error.why}`]];
    case 'timedOut':
      return [text[`timedOut.${error.what}`], text[`timedOutWayOut.${error.what}`]];
    case 'hostKeyUnknown':
      return [error.certificateAuthority ? text.hostKeyCertified : text.hostKeyUnknown, text.hostKeyUnknownWayOut];
    case 'authFailed':
      return [text.authFailed, authWayOut(error)];
    case 'dockerDenied':
      return [text.dockerDenied, error.inGroup ? text.dockerDeniedLogInAgain : text.dockerDeniedWayOut];
    default:
      return [text[error.kind], text[`${error.kind}WayOut`]];
  }
}

function authWayOut({ unusable, accepted }: LiveError & { kind: 'authFailed' }): string {
  if (unusable.some(({ why }) => why === 'passphrase')) return text.authFailedPassphrase;
  if (unusable.some(({ why }) => why === 'agentGone')) return text.authFailedAgentGone;
  if (unusable.length > 0) return text.authFailedUnusable;
  return accepted.includes('password') || accepted.includes('keyboard-interactive')
    ? text.authFailedPassword
    : text.authFailedKey;
}

/** Every field as a hole of its own name; lists and causes become words. */
function dataOf(error: LiveError): Record<string, string | number> {
  const data: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error) as [string, unknown][]) {
    if (typeof value === 'string' || typeof value === 'number') data[name] = value;
    else if (Array.isArray(value)) data[name] = value.map(word).join(', ') || '–';
    else if (value !== null && typeof value === 'object') data[name] = kindOf(value);
    else data[name] = '?';
  }
  return data;
}

function word(value: unknown): string {
  if (typeof value === 'string') return value;
  const { path, line } = value as { path?: string; line?: number };
  return line === undefined ? (path ?? '?') : `${path ?? '?'}:${String(line)}`;
}

function kindOf(value: object): string {
  return 'kind' in value ? String(value.kind) : '?';
}
