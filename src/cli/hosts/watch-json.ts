import { render } from '../../base/message.ts';
import type { MonitorView } from '../../live/sample/monitor.ts';
import { errorJson } from './open-host.ts';

/** One line of `watch --json`. Always English; sizes in bytes; what is unknown is null, never 0. */
export function watchJson(view: MonitorView, wall: number): object {
  const { reading, connection } = view;
  const error = connection.kind === 'waiting' || connection.kind === 'failed' ? connection.error : view.engineError;
  return {
    version: 1,
    host: view.host,
    time: new Date(wall).toISOString(),
    stale: view.staleMs === undefined ? null : Math.round(view.staleMs),
    error: error === undefined ? null : errorJson(error),
    memoryCgroup: view.memoryCgroup ?? null,
    memory: {
      total: reading.total ?? null,
      available: reading.available ?? null,
      used: view.used ?? null,
      system: view.remainder ?? null,
      swapTotal: reading.swapTotal ?? null,
      swapUsed: view.swapUsed ?? null,
      swapInPerSecond: view.swapInPerSecond ?? null,
      zramUsed: reading.zram?.used ?? null,
    },
    celsius: reading.celsius ?? null,
    throttling: reading.throttling ?? null,
    footprint: reading.footprint ?? null,
    containers: view.containers.map((container) => ({
      id: container.id,
      name: container.name,
      image: container.image ?? null,
      project: container.belonging.project ?? null,
      service: container.belonging.service ?? null,
      agent: container.belonging.agent ?? null,
      state: container.state,
      health: container.health,
      restarts: container.restarts ?? null,
      workingSet: container.workingSet ?? null,
      unreclaimable: container.unreclaimable ?? null,
      limit: container.limit.kind === 'limit' ? container.limit.size : null,
      limitKind: container.limit.kind,
      anon: container.reading?.anon ?? null,
      file: container.reading?.file ?? null,
      shmem: container.reading?.shmem ?? null,
      kernel: container.reading?.kernel ?? null,
      swap: container.reading?.swap ?? null,
      peak: container.reading?.peak ?? null,
      thrashing: container.thrashing,
      oomKills: container.oomKills,
    })),
    alerts: view.alerts.map(({ key, kind, severity, since, message, culprit }) => ({
      key,
      kind,
      severity,
      since: new Date(since).toISOString(),
      culprit: culprit ?? null,
      message: render(message),
    })),
  };
}
