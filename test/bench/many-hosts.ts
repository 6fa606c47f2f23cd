import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ok } from '../../src/base/result.ts';
import { noAsker } from '../../src/live/host/asker.ts';
import { HostMonitor } from '../../src/live/sample/monitor.ts';
import { connect } from '../../src/live/session.ts';
import { Peaks } from '../../src/live/store/peaks.ts';
import { systemClock } from '../../src/live/system-clock.ts';

export interface ManyHostsCost {
  readonly hosts: number;
  readonly containers: number;
  /** Of one core. */
  readonly percent: number;
  /** Resident, of the whole process. */
  readonly megabytes: number;
  /** Before the first connection. */
  readonly megabytesBefore: number;
  /** A second and host; 1 when nothing was late. */
  readonly samplesPerSecond: number;
}

/** What watching many hosts at once costs the computer in front of you. */
export async function measureManyHosts(hosts = 50, seconds = 30): Promise<ManyHostsCost> {
  const servers = fork(fileURLToPath(new URL('demo-hosts.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  const [port] = (await once(servers, 'message')) as [number];
  const before = process.memoryUsage.rss();
  const watched = Array.from({ length: hosts }, (_, index) => watchOne(`host-${String(index)}`, port));
  try {
    for (let waited = 0; waited < 60 && !watched.every(({ ready }) => ready()); waited++) await pause(500);
    await pause(3000);
    const samples = watched.map(({ samples: count }) => count());
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await pause(seconds * 1000);
    const { user, system } = process.cpuUsage(cpu);
    const elapsed = performance.now() - start;
    const arrived = watched.reduce((sum, { samples: count }, index) => sum + count() - (samples[index] ?? 0), 0);
    return {
      hosts,
      containers: watched.reduce(
        (sum, { monitor }) => sum + monitor.view().containers.filter(({ workingSet }) => workingSet !== undefined).length,
        0,
      ),
      percent: ((user + system) / 1000 / elapsed) * 100,
      megabytes: process.memoryUsage.rss() / 1e6,
      megabytesBefore: before / 1e6,
      samplesPerSecond: (arrived * 1000) / elapsed / hosts,
    };
  } finally {
    for (const { monitor, session } of watched) {
      monitor.dispose();
      session.dispose();
    }
    if (servers.connected) servers.disconnect();
  }
}

export function manyHostsLine({
  hosts,
  containers,
  percent,
  megabytes,
  megabytesBefore,
  samplesPerSecond,
}: ManyHostsCost): string {
  return `${String(hosts)} hosts, ${String(containers)} containers at 1 Hz: ${percent.toFixed(1)} % of a core, ${megabytes.toFixed(0)} MB resident (${megabytesBefore.toFixed(0)} before), ${samplesPerSecond.toFixed(2)} samples a second and host`;
}

function watchOne(name: string, port: number) {
  const session = connect(name, {
    asker: noAsker,
    machine: { home: '/', user: 'demo', platform: 'linux', environment: new Map(), sshProgram: '' },
    trusted: false,
    hostKeys: { read: () => Promise.resolve([]), append: () => Promise.resolve(true) },
    resolve: () =>
      Promise.resolve(
        ok({
          ...{ name, hostName: '127.0.0.1', port, user: 'demo', identityFiles: [], identitiesOnly: true },
          ...{ agents: [], jumps: [], notes: [] },
          knownHosts: { userFiles: ['none'], globalFiles: [], hashNames: false, unknown: 'accept' as const },
        }),
      ),
  });
  const monitor = new HostMonitor(session, { clock: systemClock, peaks: new Peaks() });
  let samples = 0;
  let last: number | undefined;
  monitor.onChange(() => {
    const at = monitor.sampledAt;
    if (at !== last) samples++;
    last = at;
  });
  monitor.setPeriod(1000);
  return { session, monitor, samples: () => samples, ready: () => samples > 0 };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
