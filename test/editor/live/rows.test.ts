import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import { Items } from '../../../src/editor/live/items.ts';
import { hostRow, type HostPicture, type Row } from '../../../src/editor/live/rows.ts';
import type { MonitorView } from '../../../src/live/sample/monitor.ts';
import type { ConnectionState } from '../../../src/live/session.ts';
import { HostStore } from '../../../src/live/store/host-store.ts';
import { Peaks } from '../../../src/live/store/peaks.ts';
import { details, id, reading, sample, WALL } from '../../live/store/samples.ts';

const connected: ConnectionState = { kind: 'connected', since: WALL };

function viewOf(fill: (store: HostStore) => void, more: Partial<MonitorView> = {}): MonitorView {
  const store = new HostStore({ host: 'attic', peaks: new Peaks() });
  fill(store);
  return { ...store.view(), connection: connected, sampling: { kind: 'running' }, ...more };
}

const usual = (more: Partial<MonitorView> = {}, memoryCgroup: 'v2' | 'off' = 'v2'): MonitorView =>
  viewOf((store) => {
    store.inventory([details('a', { health: 'healthy', restarts: 2 }), details('b', { state: 'exited' })], 0);
    store.sample(sample(1000, [reading('a')], {}, { memoryCgroup }));
  }, more);

function shown(more: Partial<HostPicture>): Row {
  return hostRow(
    { host: 'attic', pretend: false, restricted: false, alone: true, connection: connected, view: usual(), ...more },
    (english) => english,
  );
}

function every(row: Row): readonly Row[] {
  return [row, ...row.children.flatMap(every)];
}

function find(row: Row, label: string): Row {
  const found = every(row).find((each) => each.label === label);
  if (found === undefined)
    throw new Error(
      `no ${label} among ${every(row)
        .map((each) => each.label)
        .join(', ')}`,
    );
  return found;
}

describe('the row of a container', () => {
  it('shows a bar, what it uses of its limit, its health and its restarts', () => {
    expect(find(shown({}), 'service-a').description).toBe('██░░░  40 MiB of 100 MiB (40 %) · healthy · restarted ×2');
  });

  it('is read aloud in words, its state first', () => {
    expect(find(shown({}), 'service-a').spoken).toBe('service-a, running, 40 MiB of 100 MiB (40 %), healthy, restarted ×2');
  });

  it('tells the parts of its memory, its image and its age where somebody points', () => {
    const tip = find(shown({}), 'service-a').tip(WALL + 90_000_000);
    expect(tip).toContain('Image: redis:8');
    expect(tip).toContain('Up for 1 d 2 h');
    expect(tip).toContain('anon 20 MiB · file 25 MiB · kernel 2 MiB');
    expect(tip).toContain('Can’t be reclaimed: 26 MiB');
  });

  it('says when its limit is not enforced, and draws no bar of a limit that isn’t there', () => {
    const row = shown({ view: usual({}, 'off') });
    expect(find(row, 'service-a').description).toMatch(/^40 MiB, limit not enforced/);
    expect(find(row, 'Readiness').description).toBe('limits are not enforced');
  });

  it('is offered a start when it has stopped, and a stop while it runs', () => {
    expect(find(shown({}), 'service-b')).toMatchObject({ context: 'stoppedContainer', description: 'exited' });
    expect(find(shown({}), 'service-a').context).toBe('runningContainer');
  });

  it('has another shape of icon, not only another colour, when it is nearly full', () => {
    const full = usual();
    const view = viewOf((store) => {
      store.inventory([details('a')], 0);
      store.sample(sample(1000, [reading('a', { usage: mebibytes(105), limit: mebibytes(100) })]));
    });
    expect(find(shown({ view }), 'service-a').icon).not.toBe(find(shown({ view: full }), 'service-a').icon);
  });
});

describe('the row of a host', () => {
  it('shows its memory, and everything below it with words to be read aloud', () => {
    const row = shown({});
    expect(row).toMatchObject({ label: 'attic', description: '166 MiB of 416 MiB (40 %)', context: 'host' });
    expect(every(row).filter(({ spoken }) => spoken.trim() === '')).toEqual([]);
    expect(row.children.map(({ label }) => label)).toEqual(['shop', 'System and cache', 'Swap', 'Readiness']);
  });

  it('says how old what it shows is', () => {
    expect(shown({ view: usual({ staleMs: 12_300 }) }).description).toBe('stale since 12 s · 166 MiB of 416 MiB (40 %)');
  });

  it('can’t be mistaken for a real one when it is the demo', () => {
    const row = shown({ host: 'demo', pretend: true });
    expect(row.label).toBe('demo (made up)');
    expect(row.tip(0)).toContain('nothing here is about a real machine');
  });

  it('shows nothing in a folder that nobody has trusted', () => {
    expect(shown({ restricted: true })).toMatchObject({ description: 'Restricted Mode', children: [] });
  });

  it('says what went wrong and what to do, and offers to connect again', () => {
    const error = { kind: 'unreachable', host: 'attic', port: 22, why: 'noRoute' } as const;
    const row = shown({ connection: { kind: 'failed', since: WALL, error }, view: undefined });
    expect(row).toMatchObject({ context: 'failedHost', description: 'There is no route to attic.' });
    expect(row.tip(0)).toContain('Check that the Pi is switched on');
    expect(row.children).toHaveLength(1);
  });

  it('names containers without letting them break lines or hide', () => {
    const view = viewOf((store) => {
      store.inventory([details('a', { name: 'evil\n\u202e\u001b[2J', labels: new Map() })], 0);
      store.sample(sample(1000, [reading('a')]));
    });
    for (const { label, spoken } of every(shown({ view }))) expect(label + spoken).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('what is drawn again', () => {
  const update = (items: Items, view: MonitorView) => items.update([shown({ view })])?.map(({ row }) => row.label);
  const using = (size: number): MonitorView =>
    viewOf((store) => {
      store.inventory([details('a'), details('b')], 0);
      // The host's own figures stay as they are.
      store.sample(sample(1000, [reading('a'), reading('b', { usage: mebibytes(size) })]));
    });

  it('is everything at first, then nothing without a change, then only what changed', () => {
    const items = new Items();
    expect(update(items, using(60))).toBeUndefined();
    const [kept] = items.roots;
    expect(update(items, using(60))).toEqual([]);
    expect(update(items, using(70))).toEqual(['shop']);
    expect(items.roots[0]).toBe(kept);
  });

  it('is the group when a container comes', () => {
    const items = new Items();
    update(items, using(60));
    const more = viewOf((store) => {
      store.inventory([details('a'), details('b'), details('c', { state: 'exited' })], 0);
      store.sample(sample(1000, [reading('a'), reading('b', { usage: mebibytes(60) })]));
    });
    expect(update(items, more)).toEqual(['shop']);
    expect(items.roots[0]?.children[0]?.children.map(({ row }) => row.container?.id)).toEqual([id('a'), id('b'), id('c')]);
  });
});
