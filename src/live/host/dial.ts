import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError, UnreachableWhy } from '../errors.ts';

/** Opens a byte stream to an SSH server. The demo hands in its own, which opens no port. */
export type Dial = (host: string, port: number, limits: DialLimits) => Promise<Result<Duplex, LiveError>>;

export interface DialLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export const dialTcp: Dial = (host, port, { timeoutMs, signal }) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve(fail({ kind: 'cancelled' }));
      return;
    }
    // A name with an IPv6 and an IPv4 address is tried at both: Pis often announce an IPv6 that doesn't route.
    const socket = connect({ host, port, autoSelectFamily: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 });
    const settle = (result: Result<Duplex, LiveError>): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      socket.removeAllListeners('error').removeAllListeners('connect');
      if (!result.ok) socket.on('error', () => undefined).destroy();
      resolve(result);
    };
    const cancel = (): void => settle(fail({ kind: 'cancelled' }));
    const timer = setTimeout(() => settle(fail({ kind: 'timedOut', what: 'connect', seconds: timeoutMs / 1000 })), timeoutMs);
    signal.addEventListener('abort', cancel, { once: true });
    socket.once('error', (error) => settle(fail(socketError(error, host, port))));
    socket.once('connect', () => settle(ok(socket)));
  });

/** Runs the user's own ProxyCommand and talks through its standard streams. Only ever called after trust. */
export function dialCommand(command: string, host: string, { signal }: DialLimits): Promise<Result<Duplex, LiveError>> {
  if (signal.aborted) return Promise.resolve(fail({ kind: 'cancelled' }));
  const child = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-1000)));
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  duplex.on('close', () => child.kill());
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(ok(duplex)));
    child.once('error', () => resolve(fail({ kind: 'proxyCommandFailed', host, command, detail: complaint.trim() })));
    child.once('exit', () => duplex.destroy());
  });
}

/** What a socket's error code means to a person. */
export function socketError(error: Error, host: string, port: number): LiveError {
  const code = (error as NodeJS.ErrnoException).code ?? (error as { errors?: NodeJS.ErrnoException[] }).errors?.[0]?.code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') return { kind: 'nameNotFound', host };
  if (code === 'ETIMEDOUT') return { kind: 'timedOut', what: 'connect', seconds: 0 };
  return { kind: 'unreachable', host, port, why: REASONS[code] ?? 'other' };
}

const REASONS: Readonly<Record<string, UnreachableWhy>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'noRoute',
  EHOSTDOWN: 'noRoute',
  ENETUNREACH: 'noNetwork',
  ENETDOWN: 'noNetwork',
  EADDRNOTAVAIL: 'noNetwork',
};
