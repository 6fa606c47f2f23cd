import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import type { Feed } from '../feed.ts';
import { Queue } from '../host/queue.ts';

/** Turns the bytes of a long answer into items; undefined for bytes that make no sense. */
export interface Reader<T> {
  add(data: Buffer): readonly T[] | undefined;
  end(): readonly T[];
}

/** A long answer of the engine as a feed. `open` may take its time; disposing meanwhile is fine. */
export function engineFeed<T>(
  open: (signal: AbortSignal) => Promise<Result<{ response: IncomingMessage; reader: Reader<T> }, LiveError>>,
  use: () => { dispose(): void },
  signal?: AbortSignal,
): Feed<T> {
  const abort = new AbortController();
  const stop = (): void => abort.abort();
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  let response: IncomingMessage | undefined;
  const items = new Queue<T>(1000, { pause: () => response?.pause(), resume: () => response?.resume(), leave: stop });
  const release = use();
  const run = async (): Promise<Result<void, LiveError>> => {
    const opened = await open(abort.signal);
    if (!opened.ok) return opened;
    response = opened.value.response;
    return flow(response, opened.value.reader, items, abort.signal);
  };
  const ended = run().then((result) => {
    signal?.removeEventListener('abort', stop);
    response?.on('error', () => undefined).destroy();
    release.dispose();
    items.end();
    return result;
  });
  return { items, ended, dispose: stop };
}

function flow<T>(
  response: IncomingMessage,
  reader: Reader<T>,
  items: Queue<T>,
  signal: AbortSignal,
): Promise<Result<void, LiveError>> {
  return new Promise((settle) => {
    if (signal.aborted) settle(fail({ kind: 'cancelled' }));
    signal.addEventListener('abort', () => settle(fail({ kind: 'cancelled' })), { once: true });
    response.on('data', (data: Buffer) => {
      const read = reader.add(data);
      if (read === undefined) settle(fail({ kind: 'engineUnreadable', detail: 'a stream that makes no sense' }));
      else for (const item of read) items.push(item);
    });
    response.on('end', () => {
      for (const item of reader.end()) items.push(item);
      settle(ok(undefined));
    });
    // Also after 'end', where it changes nothing.
    const broken = (): void => settle(fail({ kind: 'engineUnreadable', detail: 'the stream broke off' }));
    response.on('error', broken).on('close', broken);
  });
}
