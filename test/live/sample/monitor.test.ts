import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytes, mebibytes } from '../../../src/base/bytes.ts';
import { onDispose, type Disposable } from '../../../src/base/disposable.ts';
import { fail, ok, type Result } from '../../../src/base/result.ts';
import type { Engine } from '../../../src/live/docker/engine.ts';
import type { ContainerDetails, EngineEvent, MemoryReading } from '../../../src/live/docker/types.ts';
import type { LiveError } from '../../../src/live/errors.ts';
import type { Exit, Feed, LineFeed } from '../../../src/live/feed.ts';
import { Queue } from '../../../src/live/host/queue.ts';
import { HostMonitor } from '../../../src/live/sample/monitor.ts';
import type { ConnectionState, Session } from '../../../src/live/session.ts';
import { Peaks } from '../../../src/live/store/peaks.ts';
import { ManualClock } from '../manual-clock.ts';
import { details, id } from '../store/samples.ts';

/** A feed that a test fills. */
class Fed<T, End> implements Feed<T, End> {
  readonly items = new Queue<T>(1000, { pause: () => undefined, resume: () => undefined, leave: () => this.dispose() });
  readonly ended: Promise<Result<End, LiveError>>;
  readonly asked: string[] = [];
  over = false;
  #end: (end: Result<End, LiveError>) => void = () => undefined;

  constructor() {
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  write(text: string): void {
    this.asked.push(text.trim());
  }

  dispose(): void {
    this.finish(fail({ kind: 'cancelled' }));
  }

  finish(end: Result<End, LiveError>): void {
    this.over = true;
    this.items.end();
    this.#end(end);
  }

  async give(...items: T[]): Promise<void> {
    for (const item of items) this.items.push(item);
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
}

let clock: ManualClock;
let samplers: (Fed<string, Exit> & LineFeed)[];
let events: Fed<EngineEvent, void>[];
let known: Map<string, ContainerDetails>;
let memories: Map<string, MemoryReading>;
let inspected: string[];
let holds: number;
let state: ConnectionState;
let listeners: Set<(state: ConnectionState) => void>;
let monitor: HostMonitor;

beforeEach(() => {
  clock = new ManualClock();
  samplers = [];
  events = [];
  inspected = [];
  known = new Map([[id('a'), details('a')]]);
  memories = new Map();
  holds = 0;
  state = { kind: 'connected', since: 0 };
  listeners = new Set();
  const missing = (): Promise<Result<never, LiveError>> =>
    Promise.resolve(fail({ kind: 'engineRefused', status: 404, said: 'No such container' }));
  const engine: Pick<Engine, 'containers' | 'inspect' | 'memory' | 'events'> = {
    containers: () => Promise.resolve(ok([...known.values()].map((each) => ({ ...each, status: '' })))),
    inspect: (wanted) => {
      inspected.push(wanted.slice(0, 1));
      const found = known.get(wanted);
      return found === undefined ? missing() : Promise.resolve(ok(found));
    },
    memory: (wanted) => {
      const found = memories.get(wanted);
      return found === undefined ? missing() : Promise.resolve(ok(found));
    },
    events: () => {
      const feed = new Fed<EngineEvent, void>();
      events.push(feed);
      return feed;
    },
  };
  const session: Pick<Session, 'host' | 'state' | 'onState' | 'stream' | 'exec' | 'docker' | 'hold'> = {
    host: 'attic',
    get state() {
      return state;
    },
    onState(listener): Disposable {
      listeners.add(listener);
      return onDispose(() => listeners.delete(listener));
    },
    hold() {
      holds++;
      return onDispose(() => holds--);
    },
    stream() {
      const feed = new Fed<string, Exit>();
      samplers.push(feed);
      return feed;
    },
    exec: (command) => {
      const stdout = 'MemTotal: 425984 kB\nMemAvailable: 212992 kB\npswpin 0\n';
      const value = command.parse({ stdout, stderr: '', exitCode: 0 });
      return Promise.resolve(
        value.ok ? ok(value.value) : fail({ kind: 'outputUnreadable', program: 'cat', detail: value.error }),
      );
    },
    docker: () => engine as Engine,
  };
  monitor = new HostMonitor(session as Session, { clock, peaks: new Peaks() });
});

afterEach(() => {
  monitor.dispose();
  expect({ pending: clock.pending, holds, listeners: listeners.size }).toEqual({ pending: 0, holds: 0, listeners: 0 });
  expect([...samplers, ...events].every(({ over }) => over)).toBe(true);
});

async function begin(): Promise<void> {
  monitor.setPeriod(1000);
  await settled();
  await samplers[0]!.give('headroom 1 2 4096');
}

let tick = 0;
async function frame(...records: string[]): Promise<void> {
  const line = records.join(' ');
  await samplers.at(-1)!.give(...(line === '' ? [] : [line]), `.${String(tick++)} ${String(line.length)}`);
  clock.advance(1000);
}

beforeEach(() => {
  tick = 0;
});

describe('a monitor', () => {
  it('joins what the sampler and the engine say', async () => {
    await begin();
    await frame(`ht104000v52000 +1=${id('a')} 1c2560i0a256s0k0l25600`);
    expect(monitor.view()).toMatchObject({
      used: mebibytes(203.125),
      containers: [{ name: 'shop-a-1', workingSet: mebibytes(10), limit: { kind: 'limit', size: mebibytes(100) } }],
    });
    expect(monitor.view()).not.toHaveProperty('staleMs');
    clock.advance(9000);
    expect(monitor.view().staleMs).toBeGreaterThan(9000);
  });

  it('asks once for a cgroup that the engine doesn’t know', async () => {
    await begin();
    for (let count = 0; count < 5; count++) await frame(...(count === 0 ? [`+1=${id('f')}`, '1c5'] : []));
    expect(inspected.filter((each) => each === 'f')).toHaveLength(1);
  });

  it('inspects whom an event names, and only then; health checks say nothing', async () => {
    await begin();
    const before = inspected.length;
    const event = (action: string): EngineEvent => ({ kind: 'container', action, id: id('a'), attributes: new Map() });
    await events[0]!.give(event('exec_create'), event('exec_start'), event('exec_die'));
    expect(inspected).toHaveLength(before);
    known.set(id('a'), details('a', { health: 'unhealthy' }));
    await events[0]!.give(event('health_status'));
    expect(monitor.view().containers[0]?.health).toBe('unhealthy');
    known.delete(id('a'));
    await events[0]!.give(event('destroy'));
    expect(monitor.view().containers).toEqual([]);
  });

  it('looks at everything again when the engine was restarted', async () => {
    await begin();
    known = new Map([[id('b'), details('b')]]);
    events[0]!.finish(fail({ kind: 'dockerStopped', host: 'attic', socket: '/var/run/docker.sock' }));
    await settled();
    expect(monitor.view().engineError?.kind).toBe('dockerStopped');
    clock.advance(2000);
    await settled();
    expect(monitor.view().containers.map(({ name }) => name)).toEqual(['shop-b-1']);
    expect(monitor.view()).not.toHaveProperty('engineError');
  });

  it('reads through the engine where no awk is', async () => {
    memories.set(id('a'), {
      version: 2,
      usage: mebibytes(30),
      limit: mebibytes(416),
      stat: new Map([['inactive_file', mebibytes(10)]]),
    });
    monitor.setPeriod(1000);
    await settled();
    samplers[0]!.finish(ok({ code: 127, complaint: 'awk: not found' }));
    await settled();
    const [container] = monitor.view().containers;
    expect(container).toMatchObject({ workingSet: mebibytes(20), limit: { kind: 'none' }, reading: { from: 'engine' } });
    expect(monitor.view()).toMatchObject({ used: mebibytes(208), sampling: { kind: 'unable' } });
    memories.set(id('a'), { version: 2, usage: mebibytes(40), stat: new Map([['inactive_file', mebibytes(10)]]) });
    clock.advance(5000);
    await settled();
    expect(monitor.view().containers[0]?.workingSet).toBe(mebibytes(30));
  });

  it('takes zeros of an engine without the memory cgroup for what they are', async () => {
    memories.set(id('a'), {
      version: 2,
      stat: new Map([
        ['anon', 0],
        ['inactive_file', 0],
      ]),
    });
    monitor.setPeriod(1000);
    await settled();
    samplers[0]!.finish(ok({ code: 127, complaint: '' }));
    await settled();
    expect(monitor.view().containers[0]).not.toHaveProperty('workingSet');
    expect(monitor.view().containers[0]?.limit).toEqual({ kind: 'not-enforced' });
  });

  it('asks the engine for containers whose cgroup stays out of sight', async () => {
    memories.set(id('a'), { version: 2, usage: mebibytes(12), stat: new Map() });
    await begin();
    for (let second = 0; second < 14; second++) await frame();
    expect(monitor.view().containers[0]).not.toHaveProperty('workingSet');
    for (let second = 0; second < 6; second++) await frame();
    expect(monitor.view().containers[0]).toMatchObject({ workingSet: bytes(mebibytes(12)), reading: { from: 'engine' } });
  });

  it('lets go of everything when nobody looks, and takes up again', async () => {
    await begin();
    monitor.setPeriod(undefined);
    await settled();
    expect([holds, clock.pending]).toEqual([0, 0]);
    monitor.setPeriod(15_000);
    await settled();
    expect([samplers.length, events.length, holds]).toEqual([2, 2, 1]);
  });
});
