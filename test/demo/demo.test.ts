import { Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mebibytes } from '../../src/base/bytes.ts';
import { openDemo, type Demo } from '../../src/demo/open-demo.ts';
import { DEMO_HOST, isDemoHost, REPAIRED_DEMO_HOST } from '../../src/demo/names.ts';
import { identify } from '../../src/live/commands/identify.ts';
import { applyCmdline, MEMORY_CGROUP, planCmdline, reboot } from '../../src/live/readiness/cmdline.ts';
import { inspect } from '../../src/live/readiness/inspect.ts';
import { HostMonitor, type MonitorView } from '../../src/live/sample/monitor.ts';
import { Peaks } from '../../src/live/store/peaks.ts';
import { systemClock } from '../../src/live/system-clock.ts';

let demo: Demo;
let monitor: HostMonitor | undefined;

beforeEach(() => {
  demo = openDemo();
});

afterEach(() => {
  monitor?.dispose();
  monitor = undefined;
  demo.dispose();
});

function restart(host: string): void {
  demo.dispose();
  demo = openDemo(host);
}

function watch(periodMs = 1000): HostMonitor {
  monitor = new HostMonitor(demo.session, { clock: systemClock, peaks: new Peaks() });
  monitor.setPeriod(periodMs);
  return monitor;
}

async function until(test: (view: MonitorView) => boolean, what: string): Promise<MonitorView> {
  await vi.waitFor(() => expect(test(monitor!.view()), what).toBe(true), { timeout: 15_000, interval: 50 });
  return monitor!.view();
}

const complete = ({ sampledAt, containers }: MonitorView): boolean =>
  sampledAt !== undefined &&
  containers.length === 12 &&
  containers.every(({ image, workingSet }) => image !== undefined && workingSet !== undefined);

describe('the demo Pi', () => {
  it('is a Zero 2 W by the same questions that a real one is asked, and says that it is none', async () => {
    const identity = await demo.session.exec(identify);
    expect(identity).toMatchObject({
      ok: true,
      value: { model: 'Raspberry Pi Zero 2 W Rev 1.0', architecture: 'arm64', hostName: 'demo-pi' },
    });
    expect(await demo.session.docker().version()).toMatchObject({ ok: true, value: { product: 'docker' } });
    const containers = await demo.session.docker().containers();
    expect(containers.ok && containers.value.every(({ name }) => name.startsWith('demo-'))).toBe(true);
    expect([DEMO_HOST, REPAIRED_DEMO_HOST, 'demo.local', 'pi'].map(isDemoHost)).toEqual([true, true, false, false]);
  });

  it('opens no port', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    watch();
    await until(complete, 'twelve containers with names and numbers');
    expect(listen).not.toHaveBeenCalled();
    listen.mockRestore();
  });

  it('shows twelve containers whose memory moves, and whose limits nobody keeps', async () => {
    watch();
    const first = await until(complete, 'complete');
    expect(first.memoryCgroup).toBe('off');
    expect(first.containers.map(({ limit }) => limit.kind)).toEqual(Array(12).fill('not-enforced'));
    const before = first.containers.map(({ workingSet }) => workingSet).join(' ');
    await until((view) => view.containers.map(({ workingSet }) => workingSet).join(' ') !== before, 'movement');
    expect(first.used).toBeLessThan(mebibytes(416));
  });

  it('answers like an engine whose memory cgroup is off: unknown, not zero', async () => {
    const [container] = demo.pi.containers;
    const memory = await demo.session.docker().memory(container!.id);
    expect(memory.ok && memory.value).not.toHaveProperty('usage');
    expect(await demo.session.docker().update(container!.id, { memory: mebibytes(64) })).toMatchObject({
      ok: true,
      value: [expect.stringContaining('Limitation discarded')],
    });
  });

  it('can be repaired: the line is edited as shown, the reboot takes the connection, and limits hold for what is created anew', async () => {
    watch();
    await until(complete, 'complete');
    const inspection = await demo.session.exec(inspect);
    const plan = planCmdline(inspection.ok ? inspection.value : new Map(), MEMORY_CGROUP);
    expect(plan).toMatchObject({ kind: 'edit', path: '/boot/firmware/cmdline.txt' });
    if (plan.kind !== 'edit') return;
    expect(await demo.session.exec(applyCmdline({ ...plan, before: 'something else' }, {}))).toMatchObject({ ok: false });
    expect(await demo.session.exec(applyCmdline(plan, {}))).toMatchObject({ ok: true });
    await demo.session.exec(reboot({}));
    await until(({ connection }) => connection.kind === 'waiting', 'the connection is gone');
    await until(
      ({ connection, memoryCgroup }) => connection.kind === 'connected' && memoryCgroup === 'v2',
      'back, with the memory cgroup',
    );
    // Docker stored no limit while it could keep none.
    expect((await until(complete, 'complete')).containers.every(({ limit }) => limit.kind === 'none')).toBe(true);
    const redis = demo.pi.find('demo-shop-redis-1')!;
    demo.pi.recreate(redis);
    await until(
      ({ containers }) => containers.some(({ limit }) => limit.kind === 'limit' && limit.size === mebibytes(32)),
      'its limit',
    );
  }, 40_000);

  it('kills the leaking worker at its limit, with the evidence that a kernel leaves', async () => {
    restart(REPAIRED_DEMO_HOST);
    watch();
    await until(complete, 'complete');
    const worker = demo.pi.find('demo-shop-worker-1')!;
    // Half an hour of leaking at once.
    worker.startedAt -= 1_800_000;
    const view = await until(({ containers }) => containers.some(({ oomKills }) => oomKills > 0), 'an OOM kill');
    expect(view.containers.filter(({ oomKills }) => oomKills > 0).map(({ name }) => name)).toEqual(['demo-shop-worker-1']);
    expect(view.alerts.map(({ kind }) => kind)).toContain('oom-kill');
  });

  it('stops, starts and limits containers; a stop with 137 is no OOM kill', async () => {
    restart(REPAIRED_DEMO_HOST);
    watch();
    await until(complete, 'complete');
    const { id } = demo.pi.find('demo-shop-web-1')!;
    await demo.session.docker().stop(id);
    const stopped = await until(
      ({ containers }) => containers.some((each) => each.id === id && each.state === 'exited'),
      'stopped',
    );
    expect(stopped.containers.find((each) => each.id === id)).toMatchObject({ oomKills: 0 });
    expect(stopped.alerts.map(({ kind }) => kind)).not.toContain('oom-kill');
    await demo.session.docker().start(id);
    await until(({ containers }) => containers.some((each) => each.id === id && each.workingSet !== undefined), 'started');
    await demo.session.docker().update(id, { memory: mebibytes(24) });
    await until(
      ({ containers }) =>
        containers.some((each) => each.id === id && each.limit.kind === 'limit' && each.limit.size === mebibytes(24)),
      'limited',
    );
  });

  it('gives logs, and a terminal that says what it is', async () => {
    const lines: string[] = [];
    for await (const line of demo.session.docker().logs(demo.pi.containers[0]!.id, { tail: 3 }).items) lines.push(line.text);
    expect(lines).toHaveLength(3);
    const terminal = await demo.session.terminal({ columns: 80, rows: 24 });
    expect(terminal.ok).toBe(true);
    if (!terminal.ok) return;
    let printed = '';
    terminal.value.stream.on('data', (data: Buffer) => (printed += data.toString()));
    terminal.value.stream.write('rm -rf /\rexit\r');
    await terminal.value.ended;
    expect(printed).toContain('runs no programs');
    expect(printed).toContain('Nothing runs here.');
  });

  it('runs nothing that it does not know', async () => {
    expect(await demo.session.exec({ argv: ['cat', '/etc/shadow'], parse: () => ({ ok: true, value: 0 }) })).toMatchObject({
      ok: false,
    });
    expect(await demo.session.exec({ argv: ['rm', '-rf', '/'], parse: () => ({ ok: true, value: 0 }) })).toMatchObject({
      ok: false,
      error: { kind: 'commandNotFound' },
    });
  });

  it('leaves nothing behind', async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    watch();
    await until(complete, 'complete');
    expect(timers()).toBeGreaterThan(before);
    monitor?.dispose();
    demo.dispose();
    await vi.waitFor(() => expect(timers()).toBeLessThanOrEqual(before), 5000);
    expect(demo.session.state.kind).toBe('closed');
  });
});
