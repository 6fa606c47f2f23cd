import type { Duplex } from 'node:stream';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';

/**
 * Reads the line with which a server introduces itself, and puts it back for ssh2. Two reasons to look first: ssh2
 * 1.17 never gets through a line that arrives in more than two pieces (`parseHeader` keeps only the first), and what
 * is no SSH server can be called that instead of a failed handshake. The answer is the software it names.
 */
export function readGreeting(
  stream: Duplex,
  { hostName: host, port }: { readonly hostName: string; readonly port: number },
  signal: AbortSignal,
): Promise<Result<string, LiveError>> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const settle = (result: Result<string, LiveError>): void => {
      stream.off('data', hear).off('end', hangUp).off('close', hangUp).off('error', hangUp);
      signal.removeEventListener('abort', cancel);
      stream.pause();
      if (result.ok) stream.unshift(Buffer.concat(parts));
      resolve(result);
    };
    const cancel = (): void => settle(fail({ kind: 'cancelled' }));
    const notSsh: LiveError = { kind: 'notSsh', host, port };
    const hangUp = (): void => settle(fail(parts.length === 0 ? { kind: 'unreachable', host, port, why: 'reset' } : notSsh));
    const hear = (data: Buffer): void => {
      parts.push(data);
      const text = Buffer.concat(parts).toString('latin1');
      const software = /^SSH-(?:2\.0|1\.99)-([^\r\n]*)\r?\n/m.exec(text)?.[1];
      if (software !== undefined) settle(ok(software));
      else if (text.length > MAX_GREETING) settle(fail(notSsh));
    };
    stream.on('data', hear).on('end', hangUp).on('close', hangUp).on('error', hangUp);
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
  });
}

/** Servers may say a few lines before; nobody greets with more. */
const MAX_GREETING = 16 * 1024;
