import { describe, expect, it, vi } from 'vitest';
import type { HostFacts } from '../../../src/analysis/memory/host.ts';
import { kibibytes } from '../../../src/base/bytes.ts';
import { openSession } from '../../../src/editor/live/connecting.ts';
import { WatchedHost } from '../../../src/editor/live/watched-host.ts';
import { noAsker } from '../../../src/live/host/asker.ts';
import { thisMachine } from '../../../src/live/host/machine.ts';
import { Peaks } from '../../../src/live/store/peaks.ts';
import { systemClock } from '../../../src/live/system-clock.ts';

function demo(told: HostFacts[] = []): { host: WatchedHost; opened: () => number } {
  const open = vi.fn((name: string) =>
    Promise.resolve(openSession(name, { asker: noAsker, machine: thisMachine(new Map()), trusted: false })),
  );
  const ports = { clock: systemClock, peaks: new Peaks(), open, onFacts: (facts: HostFacts) => void told.push(facts) };
  return { host: new WatchedHost('demo', ports), opened: () => open.mock.calls.length };
}

const surroundings = { restricted: false, alone: true };
const sampled = (host: WatchedHost): number | undefined => host.picture(surroundings).view?.sampledAt;
const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('a host of the sidebar', () => {
  it('opens nothing before somebody looks', () => {
    const { host, opened } = demo();
    expect(host.picture(surroundings)).toMatchObject({ connection: { kind: 'idle' }, view: undefined });
    expect(opened()).toBe(0);
    host.dispose();
  });

  it('samples while somebody looks, and not after', async () => {
    const { host, opened } = demo();
    void host.watch();
    await vi.waitFor(() => expect(sampled(host)).toBeDefined(), 10_000);
    host.rest();
    const last = sampled(host);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(sampled(host)).toBe(last);
    void host.watch();
    await vi.waitFor(() => expect(sampled(host)).not.toBe(last), 10_000);
    expect(opened()).toBe(1);
    host.dispose();
  });

  it('tells linting what it is: its memory, that limits are not enforced, its swap', async () => {
    const told: HostFacts[] = [];
    const { host } = demo(told);
    void host.watch();
    await vi.waitFor(() => expect(told.at(-1)?.swap).toBeDefined(), 10_000);
    expect(told.at(-1)).toMatchObject({
      memoryTotal: kibibytes(426_068),
      limitsEnforced: false,
      architecture: 'arm64',
      cpus: 4,
      swap: { medium: 'zram' },
    });
    host.dispose();
  });

  it('leaves nothing behind, even when it goes while it is being opened', async () => {
    const before = timers();
    const early = demo();
    void early.host.watch();
    early.host.dispose();
    const { host } = demo();
    void host.watch();
    await vi.waitFor(() => expect(sampled(host)).toBeDefined(), 10_000);
    host.dispose();
    await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before), 5_000);
  });
});
