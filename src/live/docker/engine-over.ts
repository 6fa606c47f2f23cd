import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Bytes } from '../../base/bytes.ts';
import type { Disposable } from '../../base/disposable.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { DEFAULT_COMMAND_BYTES, DEFAULT_COMMAND_TIMEOUT_MS } from '../commands/command.ts';
import type { LiveError } from '../errors.ts';
import type { Feed } from '../feed.ts';
import { LineSplitter, MAX_LINE } from '../host/lines.ts';
import { BoundedOutput } from '../host/output.ts';
import { TimeLimit } from '../host/time-limit.ts';
import { EngineCaller } from './caller.ts';
import { readContainer, readDetails } from './containers.ts';
import { readEvent, readInfo, readMemory, readVersion } from './daemon.ts';
import { engineFeed, type Reader } from './engine-feed.ts';
import type { AttachedExec, ContainerExec, Engine, LogLine, LogOptions } from './engine.ts';
import { FrameReader } from './frames.ts';
import type { EngineGround } from './route.ts';
import type { Container, ContainerDetails, EngineEvent, EngineInfo, EngineVersion, MemoryReading } from './types.ts';
import { listOf, numberOf, recordOf, textOf, textsOf } from './wire.ts';

export function engineOver(ground: EngineGround): Engine & Disposable {
  return new RemoteEngine(ground);
}

/** Long enough for the ten seconds that a container is given to stop, and a card that is busy. */
const STOP_TIMEOUT_MS = 60_000;

class RemoteEngine implements Engine, Disposable {
  readonly #ground: EngineGround;
  readonly #call: EngineCaller;

  constructor(ground: EngineGround) {
    this.#ground = ground;
    this.#call = new EngineCaller(ground);
  }

  version(signal?: AbortSignal): Promise<Result<EngineVersion, LiveError>> {
    return this.#get('/version', {}, readVersion, signal);
  }

  info(signal?: AbortSignal): Promise<Result<EngineInfo, LiveError>> {
    return this.#get('/info', {}, readInfo, signal);
  }

  containers({ all = false } = {}, signal?: AbortSignal): Promise<Result<readonly Container[], LiveError>> {
    return this.#get('/containers/json', { all }, (value) => listOf(value).flatMap((each) => readContainer(each) ?? []), signal);
  }

  inspect(id: string, signal?: AbortSignal): Promise<Result<ContainerDetails, LiveError>> {
    return this.#get(`/containers/${encodeURIComponent(id)}/json`, {}, readDetails, signal);
  }

  memory(id: string, signal?: AbortSignal): Promise<Result<MemoryReading, LiveError>> {
    return this.#get(`/containers/${encodeURIComponent(id)}/stats`, { stream: false, 'one-shot': true }, readMemory, signal);
  }

  events({ sinceSeconds }: { readonly sinceSeconds?: number } = {}, signal?: AbortSignal): Feed<EngineEvent> {
    const filters = JSON.stringify({ type: ['container', 'daemon'] });
    const query = sinceSeconds === undefined ? { filters } : { filters, since: sinceSeconds };
    return this.#feed('/events', query, () => Promise.resolve(ok(eventReader())), signal);
  }

  async update(
    id: string,
    { memory, memorySwap }: { readonly memory: Bytes; readonly memorySwap?: number },
    signal?: AbortSignal,
  ): Promise<Result<readonly string[], LiveError>> {
    const body = { Memory: memory, ...(memorySwap === undefined ? {} : { MemorySwap: memorySwap }) };
    const answer = await this.#call.json('POST', `/containers/${encodeURIComponent(id)}/update`, { body }, signal);
    return answer.ok ? ok(textsOf(recordOf(answer.value).Warnings)) : answer;
  }

  start(id: string, signal?: AbortSignal): Promise<Result<void, LiveError>> {
    return this.#act(id, 'start', signal);
  }

  stop(id: string, signal?: AbortSignal): Promise<Result<void, LiveError>> {
    return this.#act(id, 'stop', signal);
  }

  restart(id: string, signal?: AbortSignal): Promise<Result<void, LiveError>> {
    return this.#act(id, 'restart', signal);
  }

  logs(id: string, { follow = false, tail = 200, sinceSeconds }: LogOptions = {}, signal?: AbortSignal): Feed<LogLine> {
    const query = { stdout: true, stderr: true, follow, tail, ...(sinceSeconds === undefined ? {} : { since: sinceSeconds }) };
    return this.#feed(
      `/containers/${encodeURIComponent(id)}/logs`,
      query,
      async (inner) => {
        const details = await this.inspect(id, inner);
        return details.ok ? ok(logReader(details.value.terminal)) : details;
      },
      signal,
    );
  }

  async exec(id: string, argv: readonly string[], signal?: AbortSignal): Promise<Result<ContainerExec, LiveError>> {
    const limit = new TimeLimit(DEFAULT_COMMAND_TIMEOUT_MS, signal);
    try {
      const started = await this.#startExec(id, argv, false, limit.signal);
      if (!started.ok) return started;
      const printed = await readFrames(started.value.stream, argv[0] ?? '', limit.signal);
      started.value.stream.destroy();
      if (!printed.ok) {
        return limit.expired ? fail({ kind: 'timedOut', what: 'command', seconds: DEFAULT_COMMAND_TIMEOUT_MS / 1000 }) : printed;
      }
      const after = await this.#call.json('GET', `/exec/${started.value.exec}/json`, {}, limit.signal);
      const exitCode = after.ok ? numberOf(recordOf(after.value).ExitCode) : undefined;
      return ok({ ...printed.value, ...(exitCode === undefined ? {} : { exitCode }) });
    } finally {
      limit.end();
    }
  }

  async attach(id: string, argv: readonly string[], signal?: AbortSignal): Promise<Result<AttachedExec, LiveError>> {
    const started = await this.#startExec(id, argv, true, signal ?? new AbortController().signal);
    if (!started.ok) return started;
    const { exec, stream } = started.value;
    const release = this.#ground.use();
    stream.on('close', () => release.dispose());
    return ok({
      stream,
      resize: ({ columns, rows }) => void this.#call.json('POST', `/exec/${exec}/resize`, { query: { w: columns, h: rows } }),
    });
  }

  dispose(): void {
    this.#call.dispose();
  }

  async #get<T>(
    path: string,
    query: Readonly<Record<string, unknown>>,
    read: (value: unknown) => T | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Result<T, LiveError>> {
    const answer = await this.#call.json('GET', path, { query }, signal);
    if (!answer.ok) return answer;
    const value = read(answer.value);
    return value === undefined ? fail({ kind: 'engineUnreadable', detail: path }) : ok(value);
  }

  async #act(id: string, verb: string, signal: AbortSignal | undefined): Promise<Result<void, LiveError>> {
    const answer = await this.#call.json(
      'POST',
      `/containers/${encodeURIComponent(id)}/${verb}`,
      { timeoutMs: STOP_TIMEOUT_MS },
      signal,
    );
    return answer.ok ? ok(undefined) : answer;
  }

  #feed<T>(
    path: string,
    query: Readonly<Record<string, unknown>>,
    reader: (signal: AbortSignal) => Promise<Result<Reader<T>, LiveError>>,
    signal: AbortSignal | undefined,
  ): Feed<T> {
    const open = async (inner: AbortSignal): Promise<Result<{ response: IncomingMessage; reader: Reader<T> }, LiveError>> => {
      const read = await reader(inner);
      if (!read.ok) return read;
      const response = await this.#call.stream(path, { query }, inner);
      return response.ok ? ok({ response: response.value, reader: read.value }) : response;
    };
    return engineFeed(open, () => this.#ground.use(), signal);
  }

  async #startExec(
    id: string,
    argv: readonly string[],
    terminal: boolean,
    signal: AbortSignal,
  ): Promise<Result<{ exec: string; stream: Duplex }, LiveError>> {
    const body = { Cmd: argv, AttachStdin: terminal, AttachStdout: true, AttachStderr: true, Tty: terminal };
    const created = await this.#call.json('POST', `/containers/${encodeURIComponent(id)}/exec`, { body }, signal);
    if (!created.ok) return created;
    const exec = textOf(recordOf(created.value).Id);
    if (exec === undefined) return fail({ kind: 'engineUnreadable', detail: 'exec without an id' });
    const stream = await this.#call.hijack(`/exec/${exec}/start`, { body: { Detach: false, Tty: terminal } }, signal);
    return stream.ok ? ok({ exec, stream: stream.value }) : stream;
  }
}

function eventReader(): Reader<EngineEvent> {
  const splitter = new LineSplitter(MAX_LINE);
  return {
    add: (data) => splitter.add(data)?.flatMap((line) => readEvent(line) ?? []),
    end: () => splitter.end().flatMap((line) => readEvent(line) ?? []),
  };
}

function logReader(terminal: boolean): Reader<LogLine> {
  const splitters = { stdout: new LineSplitter(MAX_LINE), stderr: new LineSplitter(MAX_LINE) };
  let found: LogLine[] | undefined = [];
  const take = (from: 'stdout' | 'stderr', data: Buffer): void => {
    const lines = splitters[from].add(data);
    found = lines === undefined ? undefined : found?.concat(lines.map((text) => ({ from, text })));
  };
  const frames = new FrameReader(take);
  return {
    add(data) {
      found = [];
      if (terminal) take('stdout', data);
      else if (!frames.add(data)) return undefined;
      return found;
    },
    end: () => (['stdout', 'stderr'] as const).flatMap((from) => splitters[from].end().map((text) => ({ from, text }))),
  };
}

function readFrames(stream: Duplex, program: string, signal: AbortSignal): Promise<Result<ContainerExec, LiveError>> {
  return new Promise((settle) => {
    const printed = { stdout: new BoundedOutput(DEFAULT_COMMAND_BYTES), stderr: new BoundedOutput(DEFAULT_COMMAND_BYTES) };
    const tooLong = (): void => settle(fail({ kind: 'outputTooLong', program, limit: DEFAULT_COMMAND_BYTES }));
    const frames = new FrameReader((from, data) => {
      if (!printed[from].add(data)) tooLong();
    });
    const done = (): void => settle(ok({ stdout: printed.stdout.text(), stderr: printed.stderr.text() }));
    signal.addEventListener('abort', () => settle(fail({ kind: 'cancelled' })), { once: true });
    stream.on('data', (data: Buffer) => {
      if (!frames.add(data)) settle(fail({ kind: 'engineUnreadable', detail: 'output without frames' }));
    });
    stream
      .on('end', done)
      .on('close', done)
      .on('error', () => undefined);
  });
}
