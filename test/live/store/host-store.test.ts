import { beforeEach, describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import { render } from '../../../src/base/message.ts';
import type { EngineEvent } from '../../../src/live/docker/types.ts';
import type { AlertKind } from '../../../src/live/store/alert-rules.ts';
import { HostStore } from '../../../src/live/store/host-store.ts';
import { Peaks } from '../../../src/live/store/peaks.ts';
import { details, id, reading, sample, WALL } from './samples.ts';

let store: HostStore;
let peaks: Peaks;
let now: number;

beforeEach(() => {
  peaks = new Peaks();
  store = new HostStore({ host: 'attic', peaks });
  now = 0;
});

/** One sample a second, for so many seconds. */
function pass(seconds: number, containers: Parameters<typeof sample>[1], host: Parameters<typeof sample>[2] = {}): void {
  for (let second = 0; second < seconds; second++) store.sample(sample((now += 1000), containers, host));
}

function kinds(): readonly AlertKind[] {
  return store.view().alerts.map(({ kind }) => kind);
}

function event(action: string, digit: string): EngineEvent {
  return { kind: 'container', action, id: id(digit), attributes: new Map() };
}

describe('what is shown', () => {
  it('joins samples and inspections by id', () => {
    store.inventory([details('a'), details('b', { state: 'exited' })], now);
    pass(1, [reading('a')]);
    const [a, b] = store.view().containers;
    expect(a).toMatchObject({ name: 'shop-a-1', workingSet: mebibytes(40), unreclaimable: mebibytes(26), share: 0.4 });
    expect(b).toMatchObject({ name: 'shop-b-1', state: 'exited' });
    expect(b).not.toHaveProperty('workingSet');
    expect(store.unknownIds).toEqual([]);
  });

  it('says what it doesn’t know yet, and forgets cgroups that nobody claimed', () => {
    pass(1, [reading('c')]);
    expect(store.unknownIds).toEqual([id('c')]);
    expect(store.view().containers[0]).toMatchObject({ name: 'cccccccccccc', state: 'unknown' });
    pass(1, []);
    expect(store.view().containers).toEqual([]);
  });

  it('shows no number of a container that stopped', () => {
    store.inventory([details('a')], now);
    pass(1, [reading('a')]);
    pass(1, []);
    expect(store.view().containers[0]).not.toHaveProperty('workingSet');
    expect(store.runningIds).toEqual([id('a')]);
  });

  it('what the kernel enforces goes before what the engine has stored', () => {
    store.inventory([details('a')], now);
    pass(1, [reading('a', { limit: 'none' })]);
    expect(store.view().containers[0]?.limit).toEqual({ kind: 'none' });
    store.sample(
      sample(
        (now += 1000),
        [{ id: id('a'), from: 'processes', anon: mebibytes(9), shmem: mebibytes(1) }],
        {},
        { memoryCgroup: 'off' },
      ),
    );
    expect(store.view().containers[0]).toMatchObject({ limit: { kind: 'not-enforced' }, workingSet: mebibytes(10) });
    expect(store.view().containers[0]).not.toHaveProperty('share');
  });

  it('keeps names from moving a cursor', () => {
    store.inventory([details('a', { name: 'x\u001b[2J\n"evil"\u202e' + 'y'.repeat(300), image: 'i\u0000' })], now);
    const [a] = store.view().containers;
    expect(a?.name).toMatch(/^x�\[2J�"evil"�y+…$/);
    expect(a?.name.length).toBeLessThanOrEqual(120);
    expect(a?.image).toBe('i�');
  });

  it('keeps the last five minutes and no more', () => {
    store.inventory([details('a')], now);
    for (let mebi = 1; mebi <= 400; mebi++) pass(1, [reading('a', { usage: mebibytes(mebi), inactiveFile: mebibytes(0) })]);
    const history = store.view().containers[0]?.history ?? [];
    expect([history.length, history[0], history.at(-1)]).toEqual([300, mebibytes(101), mebibytes(400)]);
  });
});

describe('OOM kills', () => {
  beforeEach(() => {
    store.inventory([details('a')], now);
    pass(2, [reading('a')]);
  });

  it('are what the kernel counted at the limit', () => {
    pass(1, [reading('a', { oomKills: 1, ooms: 1, limitHits: 30 })]);
    expect(store.view().containers[0]).toMatchObject({ oomKills: 1, lastOomKill: { cause: 'own-limit' } });
    const [alert] = store.takeNotifications();
    expect(render(alert!.message)).toBe('shop-a-1 on attic was killed at its own memory limit (100 MiB).');
    expect(store.takeNotifications()).toEqual([]);
  });

  it('are the host’s when the limit was not hit', () => {
    pass(1, [reading('a', { oomKills: 1 })]);
    expect(store.view().containers[0]?.lastOomKill?.cause).toBe('host');
  });

  it('count once, whoever saw them first', () => {
    store.event(event('oom', 'a'), (now += 100), WALL + now);
    pass(1, [reading('a', { oomKills: 1, ooms: 1, limitHits: 9 })]);
    store.event(event('oom', 'a'), (now += 100), WALL + now);
    expect(store.view().containers[0]).toMatchObject({ oomKills: 1, lastOomKill: { cause: 'own-limit' } });
  });

  it('are not what exit code 137 and a sticky flag say', () => {
    store.event(event('kill', 'a'), now, WALL + now);
    store.event(event('die', 'a'), now, WALL + now);
    store.inspected(details('a', { state: 'exited', exitCode: 137, oomKilled: true }), now);
    pass(20, []);
    expect(store.view().containers[0]?.oomKills).toBe(0);
    expect(kinds()).toEqual([]);
  });

  it('are not what a container brought along from before', () => {
    store.inventory([details('a'), details('b')], now);
    pass(5, [reading('a'), reading('b', { oomKills: 7, ooms: 7 })]);
    expect(store.view().containers[1]?.oomKills).toBe(0);
  });

  it('are found after a restart, whose counters begin anew', () => {
    pass(1, [reading('a', { oomKills: 3, ooms: 3, limitHits: 90 })]);
    now += 60_000;
    pass(1, [reading('a', { oomKills: 0, ooms: 0, limitHits: 0 })]);
    expect(store.view().containers[0]?.oomKills).toBe(3);
    pass(1, [reading('a', { oomKills: 1, ooms: 1, limitHits: 5 })]);
    expect(store.view().containers[0]?.oomKills).toBe(4);
  });
});

describe('alerts', () => {
  beforeEach(() => store.inventory([details('a'), details('b')], now));

  it('none on a host where all is well', () => {
    pass(120, [reading('a'), reading('b', { usage: mebibytes(99), inactiveFile: mebibytes(0), file: mebibytes(73) })]);
    // Full of cache, but a limit is hit with what can't be reclaimed.
    expect(kinds()).toEqual([]);
    expect(store.takeNotifications()).toEqual([]);
  });

  it('a host over 80 % warns in the tree; over 90 % it notifies, once, with the largest by name', () => {
    const warm = { available: mebibytes(70) };
    pass(9, [reading('a')], warm);
    expect(kinds()).toEqual([]);
    pass(3, [reading('a')], warm);
    expect(store.view().alerts).toMatchObject([{ kind: 'host-memory', severity: 'warning' }]);
    expect(store.takeNotifications()).toEqual([]);
    pass(12, [reading('a')], { available: mebibytes(30) });
    expect(store.view().alerts).toMatchObject([{ kind: 'host-memory', severity: 'alarm', culprit: 'shop-a-1 (26 MiB)' }]);
    expect(store.takeNotifications()).toHaveLength(1);
    pass(60, [reading('a')], { available: mebibytes(30) });
    expect(store.takeNotifications()).toEqual([]);
  });

  it('between the thresholds nothing flickers, and a relapse within the cool-down notifies nobody', () => {
    const full = { available: mebibytes(30) };
    pass(15, [], full);
    expect(store.takeNotifications()).toHaveLength(1);
    pass(60, [], { available: mebibytes(50) });
    expect(store.view().alerts[0]?.severity).toBe('alarm');
    pass(20, [], { available: mebibytes(250) });
    expect(kinds()).toEqual([]);
    pass(15, [], full);
    expect(kinds()).toEqual(['host-memory']);
    expect(store.takeNotifications()).toEqual([]);
    pass(20, [], { available: mebibytes(250) });
    now += 16 * 60_000;
    pass(15, [], full);
    expect(store.takeNotifications()).toHaveLength(1);
  });

  it('swap in use is no alarm; swap that is read back is a warning', () => {
    pass(60, [], { swapFree: mebibytes(10) });
    expect(kinds()).toEqual([]);
    for (let second = 0; second < 30; second++) pass(1, [], { swappedIn: mebibytes(4 * second) });
    expect(kinds()).toEqual(['swapping']);
  });

  it('a container near its limit, by what can’t be reclaimed', () => {
    pass(15, [reading('a', { anon: mebibytes(88) })]);
    expect(store.view().alerts).toMatchObject([
      { kind: 'near-limit', severity: 'warning', culprit: 'shop-a-1', containerId: id('a') },
    ]);
    pass(20, []);
    expect(kinds()).toEqual([]);
  });

  it('thrashing is a state of its own: refaults and major faults together, or standing still', () => {
    const start = (refaults: number, majorFaults: number, allStalled = 0): void => {
      for (let second = 1; second <= 25; second++) {
        pass(1, [
          reading('a', { refaults: refaults * second, majorFaults: majorFaults * second, allStalled: allStalled * second }),
        ]);
      }
    };
    start(2000, 0);
    expect(kinds()).toEqual([]);
    start(0, 500);
    expect(kinds()).toEqual([]);
    start(0, 0, 400);
    expect(kinds()).toEqual(['thrashing']);
    pass(40, [reading('a')]);
    expect(kinds()).toEqual([]);
    start(300, 80);
    expect(store.view().containers[0]?.thrashing).toBe(true);
  });

  it('a restart loop, by what the engine restarted', () => {
    for (let count = 1; count <= 3; count++) {
      store.inspected(details('a', { restarts: count }), now);
      pass(10, []);
    }
    expect(kinds()).toEqual(['restart-loop']);
    expect(store.takeNotifications()).toHaveLength(1);
    now += 6 * 60_000;
    pass(1, []);
    expect(kinds()).toEqual([]);
  });

  it('under-voltage now, not once upon a time', () => {
    const calm = { underVoltage: false, frequencyCapped: false, throttled: false, softTemperatureLimit: false };
    pass(30, [], { throttling: { now: calm, sinceBoot: { ...calm, underVoltage: true } } });
    expect(kinds()).toEqual([]);
    pass(15, [], { throttling: { now: { ...calm, underVoltage: true }, sinceBoot: calm } });
    expect(kinds()).toEqual(['under-voltage']);
  });
});

describe('peaks', () => {
  it('are kept for each service, with what a start needed', () => {
    store.inventory([details('a', { startedAt: WALL + 1000 })], now);
    pass(3, [reading('a')]);
    now += 600_000;
    pass(1, [reading('a', { usage: mebibytes(90), anon: mebibytes(60) })]);
    expect(peaks.of('attic', 'shop', 'service-a')).toMatchObject({
      workingSet: mebibytes(80),
      unreclaimable: mebibytes(66),
      startWorkingSet: mebibytes(40),
      startUnreclaimable: mebibytes(26),
      watchedMs: 2000,
      starts: 1,
      thrashed: false,
    });
  });
});
