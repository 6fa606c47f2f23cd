import type { ClientChannel } from 'ssh2';
import { fail, ok, type Result } from '../../base/result.ts';
import {
  DEFAULT_COMMAND_BYTES,
  DEFAULT_COMMAND_TIMEOUT_MS,
  type CommandOutput,
  type RemoteCommand,
} from '../commands/command.ts';
import { shellLine } from '../commands/quote.ts';
import type { LiveError } from '../errors.ts';
import type { Connection, OpenChannel } from './connection.ts';
import { BoundedOutput, forMessage } from './output.ts';

/** Runs a remote command to its end, within its time and size, and reads what it printed. */
export async function runCommand<T>(
  connection: Connection,
  command: RemoteCommand<T>,
  signal?: AbortSignal,
): Promise<Result<T, LiveError>> {
  const [program] = command.argv;
  const opened = await connection.exec(shellLine(command.argv), signal);
  if (!opened.ok) return opened;
  const output = await collect(opened.value, command, connection, signal);
  if (!output.ok) return output;
  const { exitCode, stderr } = output.value;
  if (exitCode === NOT_FOUND) return fail({ kind: 'commandNotFound', program });
  if (exitCode !== 0 && command.exits !== 'any') {
    return fail({ kind: 'commandFailed', program, exitCode: exitCode ?? null, complaint: forMessage(stderr) });
  }
  const parsed = command.parse(output.value);
  return parsed.ok ? parsed : fail({ kind: 'outputUnreadable', program, detail: parsed.error });
}

/** What POSIX shells answer with for a program that isn't there. */
const NOT_FOUND = 127;

function collect<T>(
  open: OpenChannel,
  { argv: [program], input, timeoutMs = DEFAULT_COMMAND_TIMEOUT_MS, maxBytes = DEFAULT_COMMAND_BYTES }: RemoteCommand<T>,
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<Result<CommandOutput, LiveError>> {
  return new Promise((resolve) => {
    const stdout = new BoundedOutput(maxBytes);
    const stderr = new BoundedOutput(maxBytes);
    const channel = open.stream;
    const settle = (result: Result<CommandOutput, LiveError>): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      if (open.exit === undefined) stopProgram(channel);
      open.close();
      resolve(result);
    };
    const cancel = (): void => settle(fail({ kind: 'cancelled' }));
    const timer = setTimeout(() => settle(fail({ kind: 'timedOut', what: 'command', seconds: timeoutMs / 1000 })), timeoutMs);
    const tooLong = (): void => settle(fail({ kind: 'outputTooLong', program, limit: maxBytes }));
    signal?.addEventListener('abort', cancel, { once: true });
    channel.on('data', (data: Buffer) => stdout.add(data) || tooLong());
    channel.stderr.on('data', (data: Buffer) => stderr.add(data) || tooLong());
    void open.closed.then(() => {
      if (open.exit === undefined && connection.over) settle(fail({ kind: 'connectionLost', host: connection.host }));
      const exitCode = open.exit?.code;
      settle(ok({ stdout: stdout.text(), stderr: stderr.text(), ...(exitCode === undefined ? {} : { exitCode }) }));
    });
    feed(channel, input, cancel);
    if (signal?.aborted === true) cancel();
  });
}

/** Asks the server to end the program; closing alone only reaches one that writes. Dropbear and old sshds ignore it. */
export function stopProgram(channel: ClientChannel): void {
  if (channel.writable) channel.signal('TERM');
}

function feed(channel: ClientChannel, input: RemoteCommand<unknown>['input'], fail: () => void): void {
  if (input === undefined || typeof input === 'string' || input instanceof Uint8Array) channel.end(input);
  // A source that breaks off stops the program. It may have taken that for the end of its input all the same, so
  // whoever sends something of value checks what arrived.
  else pump(channel, input).catch(fail);
}

async function pump(channel: ClientChannel, input: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const part of input) {
    if (!channel.writable) return;
    if (!channel.write(part)) await drained(channel);
  }
  channel.end();
}

function drained(channel: ClientChannel): Promise<void> {
  return new Promise((resolve) => {
    const resume = (): void => {
      channel.off('drain', resume).off('close', resume);
      resolve();
    };
    channel.on('drain', resume).on('close', resume);
  });
}
