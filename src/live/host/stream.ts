import type { ClientChannel } from 'ssh2';
import type { Disposable } from '../../base/disposable.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { scriptArgv, type RemoteScript } from '../commands/command.ts';
import { shellLine } from '../commands/quote.ts';
import type { LiveError } from '../errors.ts';
import type { Exit, LineFeed } from '../feed.ts';
import type { Connection } from './connection.ts';
import { LineSplitter, MAX_LINE } from './lines.ts';
import { OutputTail } from './output.ts';
import { Queue } from './queue.ts';
import { stopProgram } from './run.ts';

/** What a stream needs before it can start: a connection, and leave to open a channel. */
export interface StreamGround {
  readonly connection: Connection;
  readonly release: Disposable;
}

/** Starts a script and hands over its lines. Nothing happens to the caller before the script says something. */
export function streamScript(
  ground: (signal: AbortSignal) => Promise<Result<StreamGround, LiveError>>,
  script: RemoteScript,
  signal?: AbortSignal,
): LineFeed {
  const stream = new ScriptStream(script);
  void stream.run(ground, signal);
  return stream;
}

class ScriptStream implements LineFeed {
  readonly items: Queue<string>;
  readonly ended: Promise<Result<Exit, LiveError>>;
  readonly #script: RemoteScript;
  readonly #abort = new AbortController();
  readonly #lines = new LineSplitter(MAX_LINE);
  readonly #complaint = new OutputTail();
  readonly #early: string[] = [];
  #channel: ClientChannel | undefined;
  #resolve: (result: Result<Exit, LiveError>) => void = () => undefined;

  constructor(script: RemoteScript) {
    this.#script = script;
    this.items = new Queue(1000, {
      pause: () => this.#channel?.pause(),
      resume: () => this.#channel?.resume(),
      leave: () => this.dispose(),
    });
    this.ended = new Promise((resolve) => (this.#resolve = resolve));
  }

  write(text: string): void {
    if (this.#channel === undefined) this.#early.push(text);
    else if (this.#channel.writable) this.#channel.write(text);
  }

  dispose(): void {
    this.#abort.abort();
  }

  async run(
    ground: (signal: AbortSignal) => Promise<Result<StreamGround, LiveError>>,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const forward = (): void => this.#abort.abort();
    if (signal?.aborted === true) forward();
    signal?.addEventListener('abort', forward, { once: true });
    const based = await ground(this.#abort.signal);
    const result = based.ok ? await this.#flow(based.value.connection) : based;
    if (based.ok) based.value.release.dispose();
    signal?.removeEventListener('abort', forward);
    this.items.end();
    this.#resolve(result);
  }

  async #flow(connection: Connection): Promise<Result<Exit, LiveError>> {
    const opened = await connection.exec(shellLine(scriptArgv(this.#script)), this.#abort.signal);
    if (!opened.ok) return opened;
    const { stream: channel, closed } = opened.value;
    this.#channel = channel;
    const result = await new Promise<Result<Exit, LiveError>>((settle) => {
      this.#abort.signal.addEventListener('abort', () => settle(fail({ kind: 'cancelled' })), { once: true });
      channel.on('data', (data: Buffer) => {
        const lines = this.#lines.add(data);
        if (lines === undefined) settle(fail({ kind: 'outputTooLong', program: this.#script.name, limit: MAX_LINE }));
        else for (const line of lines) this.items.push(line);
      });
      channel.stderr.on('data', (data: Buffer) => this.#complaint.add(data));
      void closed.then(() => {
        for (const line of this.#lines.end()) this.items.push(line);
        const { exit } = opened.value;
        const lost = exit === undefined && connection.over;
        settle(lost ? fail({ kind: 'connectionLost', host: connection.host }) : ok({ ...exit, complaint: this.#complaint.text }));
      });
      // A connection that dies while the reader lags leaves the channel paused and silent.
      void connection.ended.then((error) => settle(fail(error.kind === 'closed' ? { kind: 'closed' } : error)));
      this.#start(channel);
    });
    if (!result.ok && result.error.kind === 'cancelled') stopProgram(channel);
    opened.value.close();
    return result;
  }

  #start(channel: ClientChannel): void {
    channel.write(this.#script.text);
    for (const text of this.#early.splice(0)) channel.write(text);
    if (this.#script.keepInput !== true) channel.end();
  }
}
