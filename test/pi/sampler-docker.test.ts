import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { mebibytes } from '../../src/base/bytes.ts';
import { workingSet } from '../../src/live/cgroup/quantities.ts';
import { HostMonitor, type MonitorView } from '../../src/live/sample/monitor.ts';
import type { Session } from '../../src/live/session.ts';
import type { ContainerView } from '../../src/live/store/container-entry.ts';
import { Peaks } from '../../src/live/store/peaks.ts';
import { systemClock } from '../../src/live/system-clock.ts';
import { enginePossible, startEngine, type Engine } from '../lab/docker-engine.ts';
import { makeKey, publicKey, sshdAvailable, sshFolder, startSshd, type SshFolder, type SshServer } from '../lab/sshd.ts';
import { allProcesses, commandLine, descendants, pss } from './lab/processes.ts';
import { sessionTo } from './lab/session-to.ts';
import { GREEDY, holds, TestContainers } from './lab/test-containers.ts';

const possible = sshdAvailable() && (await enginePossible());

let engine: Engine;
let containers: TestContainers;
let folder: SshFolder;
let server: SshServer;
let session: Session;
let monitor: HostMonitor;

describe.runIf(possible)('watching a real engine through a real SSH server', () => {
  beforeAll(async () => {
    engine = await startEngine();
    containers = await TestContainers.prepare(engine, 'sampler');
    folder = sshFolder();
    const key = await makeKey(folder, 'plain');
    server = await startSshd({ folder, authorized: [publicKey(key)], config: [`SetEnv DOCKER_HOST=${engine.host}`] });
    session = sessionTo(server, key);
    monitor = new HostMonitor(session, { clock: systemClock, peaks: new Peaks() });
    monitor.setPeriod(1000);
  });

  afterEach(async () => {
    await containers.removeAll();
  });

  afterAll(async () => {
    monitor.dispose();
    session.dispose();
    await server.dispose();
    folder.dispose();
    await engine.dispose();
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain('TCPSocketWrap'), 5000);
  });

  it('shows what docker stats shows, within 1 %', async () => {
    const ids = await Promise.all([
      containers.run(holds(24), ['--memory', '96m']),
      containers.run(holds(7)),
      containers.run(`dd if=/dev/zero of=/dev/shm/x bs=1M count=20; ${holds(4)}`.replace('dd ', 'busybox dd '), [
        '--memory',
        '64m',
      ]),
      containers.run(`busybox dd if=/dev/zero of=/cache bs=1M count=30; ${holds(3)}`, ['--memory', '128m']),
    ]);
    await until((view) => ids.every((id) => of(view, id)?.workingSet !== undefined), 'all four');
    // Until their start-up is over, and each file has had its turn.
    await new Promise((resolve) => setTimeout(resolve, 8000));
    for (const [index, id] of ids.entries()) {
      const shown = of(monitor.view(), id)!;
      const docker = await statsOf(id);
      expect(Math.abs(workingSet(shown.reading!)! - docker.used) / docker.used, `container ${String(index)}`).toBeLessThan(0.01);
      expect(shown.limit).toEqual(docker.limit === undefined ? { kind: 'none' } : { kind: 'limit', size: docker.limit });
    }
    const [, , shared, cached] = ids.map((id) => of(monitor.view(), id)!);
    expect(shared!.unreclaimable).toBeGreaterThan(mebibytes(24));
    expect(cached!.unreclaimable).toBeLessThan(mebibytes(10));
    expect(cached!.reading!.file).toBeGreaterThan(mebibytes(29));
  });

  it('reports an OOM kill as one, and a plain 137 not', async () => {
    const name = `headroom-oom-${String(process.pid)}`;
    // The child is killed and the container lives on; in the second the only process is.
    const child = await containers.run(`while true; do ${GREEDY}; sleep 30; done`, ['--memory', '24m', '--name', name]);
    const whole = await containers.run(`sleep 3; exec ${GREEDY}`, ['--memory', '24m']);
    const stopped = await containers.run(holds(5), ['--memory', '64m']);
    const killed = await containers.run(holds(5), ['--memory', '64m']);
    await until((view) => [stopped, killed].every((id) => of(view, id)?.workingSet !== undefined), 'both');
    await engine.docker(['stop', '--time', '0', stopped]);
    await engine.docker(['kill', killed]);
    const view = await until(
      (now) => [child, whole].every((id) => (of(now, id)?.oomKills ?? 0) > 0) && of(now, killed)?.state === 'exited',
      'two OOM kills',
    );
    expect(of(view, stopped)).toMatchObject({ state: 'exited', oomKills: 0 });
    expect(of(view, killed)).toMatchObject({ state: 'exited', oomKills: 0 });
    const alerts = view.alerts.filter(({ kind }) => kind === 'oom-kill').map(({ containerId }) => containerId);
    expect([...alerts].sort()).toEqual([child, whole].sort());
    expect(view.alerts.find(({ containerId }) => containerId === child)?.culprit).toBe(name);
    expect(await exitCodes([whole, stopped, killed])).toEqual(['137', '137', '137']);
    await until((now) => of(now, child)?.lastOomKill?.cause === 'own-limit', 'whose limit it was');
  });

  it('shows names and labels that would attack a terminal as text', async () => {
    const project = 'a"b\'c$(reboot)`d`\n\u001b[2Jevil\u202e{used}';
    const id = await containers.run(holds(2), [
      '--label',
      `com.docker.compose.project=${project}`,
      '--label',
      'com.docker.compose.service=x\r\ny',
    ]);
    const view = await until((now) => of(now, id)?.workingSet !== undefined && of(now, id)?.state === 'running', 'it');
    expect(of(view, id)?.belonging).toMatchObject({ project, service: 'x\r\ny' });
    const { watchLines } = await import('../../src/cli/hosts/watch-table.ts');
    const look = { translate: (english: string) => english, color: false, columns: 200 };
    const lines = watchLines(view, { sort: 'name' }, look);
    expect(lines.join('\n')).toContain('a"b\'c$(reboot)`d`��[2Jevil�{used}');
    expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  it('is a small guest', () => {
    const listener = allProcesses().find(({ pid, name }) => name === 'sshd' && commandLine(pid).includes(folder.path));
    const ours = descendants(listener!.pid);
    expect(ours.map(({ name }) => name).filter((name) => name !== 'sshd' && !name.startsWith('sshd-'))).toEqual(['awk']);
    expect(ours.reduce((sum, { pid }) => sum + pss(pid), 0)).toBeLessThan(mebibytes(8));
    expect(monitor.view().reading.footprint).toBeGreaterThan(mebibytes(0.5));
    expect(monitor.view().reading.footprint).toBeLessThan(mebibytes(8));
  });

  it('says that it is stale when the server is killed, and is back within ten seconds of its return', async () => {
    const id = await containers.run(holds(3));
    await until((now) => of(now, id)?.workingSet !== undefined, 'it');
    await server.kill();
    const lost = await until(({ connection, staleMs }) => connection.kind === 'waiting' && staleMs !== undefined, 'stale');
    // What was known stays in view.
    expect(of(lost, id)?.workingSet).toBeDefined();
    await server.restart();
    const returned = performance.now();
    await until(({ connection, staleMs }) => connection.kind === 'connected' && staleMs === undefined, 'fresh again');
    expect(performance.now() - returned).toBeLessThan(10_000);
    const listener = allProcesses().find(({ pid, name }) => name === 'sshd' && commandLine(pid).includes(folder.path));
    expect(descendants(listener!.pid).filter(({ name }) => name === 'awk')).toHaveLength(1);
    expect(allProcesses().filter(({ pid, parent }) => parent === 1 && commandLine(pid).includes('headroom 1'))).toEqual([]);
  });

  it('keeps up with two hundred containers that come and go', async () => {
    const seen = new Set<string>();
    const watching = monitor.onChange(() => {
      for (const { id, workingSet: used } of monitor.view().containers) if (used !== undefined) seen.add(id);
    });
    const started: string[] = [];
    const worker = async (): Promise<void> => {
      while (started.length < 200) {
        started.push('');
        const id = await containers.run('sleep 4');
        started[started.indexOf('')] = id;
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await containers.removeAll();
    watching.dispose();
    expect(started.filter((id) => seen.has(id)).length).toBeGreaterThan(150);
    const view = await until((now) => !now.containers.some(({ id }) => started.includes(id)), 'none of them left');
    expect(view.sampling.kind).toBe('running');
    expect(view.engineError).toBeUndefined();
    expect(view.alerts.filter(({ kind }) => kind === 'oom-kill')).toEqual([]);
  }, 300_000);
});

function of({ containers: all }: MonitorView, id: string): ContainerView | undefined {
  return all.find((each) => each.id === id);
}

async function until(test: (view: MonitorView) => boolean, what: string): Promise<MonitorView> {
  await vi.waitFor(() => expect(test(monitor.view()), what).toBe(true), { timeout: 30_000, interval: 100 });
  return monitor.view();
}

interface StatsAnswer {
  readonly memory_stats: { readonly usage: number; readonly limit: number; readonly stats: Readonly<Record<string, number>> };
}

/** Docker's own number by its own formula, to the byte; what the command line prints is rounded. */
async function statsOf(id: string): Promise<{ readonly used: number; readonly limit: number | undefined }> {
  const text = await new Promise<string>((resolve, reject) => {
    const path = `/containers/${id}/stats?stream=false&one-shot=true`;
    const call = request({ socketPath: engine.socketPath, path }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => (body += data.toString()));
      response.on('end', () => resolve(body));
    });
    call.on('error', reject).end();
  });
  const { usage, limit, stats } = (JSON.parse(text) as StatsAnswer).memory_stats;
  const inactive = stats.total_inactive_file ?? stats.inactive_file ?? 0;
  const inspected = Number(await engine.docker(['inspect', '--format', '{{.HostConfig.Memory}}', id]));
  expect(inspected === 0 || inspected === limit).toBe(true);
  return { used: usage - inactive, limit: inspected === 0 ? undefined : inspected };
}

async function exitCodes(ids: readonly string[]): Promise<readonly string[]> {
  const text = await engine.docker(['inspect', '--format', '{{.State.ExitCode}}', ...ids]);
  return text.trim().split('\n');
}
