import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, tryRun } from '../lab/run.ts';
import type { Engine } from '../lab/docker-engine.ts';

/**
 * An engine whose CPU time is nobody else's. A second dockerd would take down the bridge of the first, so it gets a
 * network namespace of its own and no bridge at all.
 */
export async function ownEngine(): Promise<Engine & { readonly folder: string; readonly pid: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-engine-'));
  const socketPath = join(folder, 'docker.sock');
  const host = `unix://${socketPath}`;
  const daemon = spawn(
    'unshare',
    [
      ...['--net', 'dockerd', '--bridge=none', '--iptables=false', '--data-root', join(folder, 'data')],
      ...['--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'pid'), '-H', host],
    ],
    { stdio: 'ignore' },
  );
  for (let tries = 0; tries < 150; tries++) {
    const ran = await tryRun('docker', ['-H', host, 'version', '--format', '{{.Server.Version}}'], { timeoutMs: 5000 });
    if (ran.code === 0) break;
    if (daemon.exitCode !== null || tries === 149) throw new Error(`no dockerd of our own: ${ran.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    host,
    socketPath,
    folder,
    pid: daemon.pid ?? 0,
    docker: (args, options) => run('docker', ['-H', host, ...args], options),
    tryDocker: (args, options) => tryRun('docker', ['-H', host, ...args], options),
    async dispose() {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
