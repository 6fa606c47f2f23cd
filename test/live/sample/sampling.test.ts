import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onDispose, type Disposable } from '../../../src/base/disposable.ts';
import { fail, ok, type Result } from '../../../src/base/result.ts';
import type { Sample } from '../../../src/live/cgroup/reading.ts';
import type { LiveError } from '../../../src/live/errors.ts';
import type { Exit, LineFeed } from '../../../src/live/feed.ts';
import { Queue } from '../../../src/live/host/queue.ts';
import { Sampling, type SamplingState } from '../../../src/live/sample/sampling.ts';
import type { ConnectionState, Session } from '../../../src/live/session.ts';
import { ManualClock } from '../manual-clock.ts';

const ID = 'a'.repeat(64);

/** A sampler on the other side that says what the test says. */
class FakeFeed implements LineFeed {
  readonly items = new Queue<string>(1000, { pause: () => undefined, resume: () => undefined, leave: () => this.dispose() });
  readonly ended: Promise<Result<Exit, LiveError>>;
  readonly asked: string[] = [];
  disposed = false;
  over = false;
  #end: (end: Result<Exit, LiveError>) => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  write(text: string): void {
    this.asked.push(text.trim());
  }

  dispose(): void {
    this.disposed = true;
    this.finish(fail({ kind: 'cancelled' }));
  }

  finish(end: Result<Exit, LiveError>): void {
    this.over = true;
    this.items.end();
    this.#end(end);
  }

  async say(...lines: string[]): Promise<void> {
    for (const line of lines) this.items.push(line);
    await settled();
  }
}

/** Lets promises run their course. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

let clock: ManualClock;
let feeds: FakeFeed[];
let samples: Sample[];
let states: SamplingState['kind'][];
let state: ConnectionState;
let listeners: Set<(state: ConnectionState) => void>;
let sampling: Sampling;

beforeEach(() => {
  clock = new ManualClock();
  feeds = [];
  samples = [];
  states = [];
  state = { kind: 'connected', since: 0 };
  listeners = new Set();
  const session: Pick<Session, 'state' | 'onState' | 'stream'> = {
    get state() {
      return state;
    },
    onState(listener): Disposable {
      listeners.add(listener);
      return onDispose(() => listeners.delete(listener));
    },
    stream() {
      const feed = new FakeFeed();
      feeds.push(feed);
      return feed;
    },
  };
  sampling = new Sampling(session as Session, {
    clock,
    onSample: (sample) => samples.push(sample),
    onState: ({ kind }) => states.push(kind),
  });
});

afterEach(() => {
  sampling.dispose();
  expect(clock.pending).toBe(0);
  expect(listeners.size).toBe(0);
  expect(feeds.every(({ over }) => over)).toBe(true);
});

async function started(): Promise<FakeFeed> {
  sampling.setPeriod(1000);
  const feed = feeds.at(-1)!;
  await feed.say('headroom 1 2 4096');
  return feed;
}

describe('sampling', () => {
  it('asks once the sampler is there, then each period, and hands over what comes', async () => {
    const feed = await started();
    expect(feed.asked).toEqual(['ts']);
    await feed.say(`+1=${ID} 1c5`, `.0 ${String(ID.length + 7)}`);
    expect(samples).toHaveLength(1);
    expect(samples[0]).toMatchObject({ memoryCgroup: 'v2', containers: [{ id: ID, usage: 20_480 }] });
    clock.advance(999);
    expect(feed.asked).toHaveLength(1);
    clock.advance(1);
    expect(feed.asked).toEqual(['ts', 't']);
  });

  it('never has two questions open: a slow network makes samples rarer', async () => {
    const feed = await started();
    clock.advance(6000);
    expect(feed.asked).toHaveLength(1);
    await feed.say('.0 0');
    clock.advance(0);
    expect(feed.asked).toHaveLength(2);
  });

  it('looks for new containers now and then, and at once when told', async () => {
    const feed = await started();
    for (let tick = 0; tick < 11; tick++) {
      if (tick === 3) sampling.scanSoon();
      await feed.say(`.${String(tick)} 0`);
      clock.advance(1000);
    }
    expect(feed.asked.join(' ')).toBe('ts t t t ts t t t t t ts t');
  });

  it('reads every file when samples are rare', async () => {
    const feed = await started();
    await feed.say('.0 0');
    sampling.setPeriod(15_000);
    clock.advance(1000);
    expect(feed.asked.at(-1)).toBe('tsa');
  });

  it('asks for a fresh start after damage, and gives up on lasting garbage until later', async () => {
    const feed = await started();
    await feed.say('.0 77');
    expect(feed.asked).toEqual(['ts', 'tf']);
    await feed.say('.1 0');
    expect(samples).toHaveLength(1);
    clock.advance(1000);
    for (let time = 0; time < 4; time++) await feed.say('.9 77');
    expect(sampling.state.kind).toBe('unable');
    expect(feed.disposed).toBe(true);
    clock.advance(60_000);
    expect(feeds).toHaveLength(2);
  });

  it('starts anew when nothing comes, with growing patience', async () => {
    await started();
    clock.advance(10_000);
    expect(feeds[0]?.disposed).toBe(true);
    expect(feeds).toHaveLength(1);
    clock.advance(500);
    expect(feeds).toHaveLength(2);
    await feeds[1]!.say('headroom 1 2 4096', '.0 0');
    expect(sampling.state.kind).toBe('running');
  });

  it('says that there is no awk instead of trying again and again', async () => {
    sampling.setPeriod(1000);
    feeds[0]!.finish(ok({ code: 127, complaint: 'sh: 12: exec: awk: not found' }));
    await settled();
    expect(sampling.state).toEqual({ kind: 'unable', why: 'sh: 12: exec: awk: not found' });
  });

  it('waits for the connection and goes on with it', async () => {
    const feed = await started();
    state = { kind: 'waiting', since: 0, error: { kind: 'connectionLost', host: 'pi' }, attempt: 1, retryAt: 0 };
    feed.finish(fail({ kind: 'connectionLost', host: 'pi' }));
    await settled();
    expect(sampling.state.kind).toBe('waiting');
    clock.advance(30_000);
    expect(feeds).toHaveLength(1);
    state = { kind: 'connected', since: 0 };
    for (const listener of listeners) listener(state);
    expect(feeds).toHaveLength(2);
  });

  it('stops when nobody looks, and the program on the host with it', async () => {
    const feed = await started();
    sampling.setPeriod(undefined);
    expect(feed.disposed).toBe(true);
    expect(states.at(-1)).toBe('paused');
    await settled();
    clock.advance(120_000);
    expect(feeds).toHaveLength(1);
  });
});
