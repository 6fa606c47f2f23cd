import { mebibytes } from '../../../src/base/bytes.ts';
import type { ContainerReading, HostReading, Sample } from '../../../src/live/cgroup/reading.ts';
import type { ContainerDetails } from '../../../src/live/docker/types.ts';

export function id(digit: string): string {
  return digit.repeat(64);
}

export function reading(digit: string, more: Partial<ContainerReading> = {}): ContainerReading {
  return {
    id: id(digit),
    from: 'cgroup',
    usage: mebibytes(50),
    inactiveFile: mebibytes(10),
    anon: mebibytes(20),
    file: mebibytes(25),
    shmem: mebibytes(4),
    kernel: mebibytes(2),
    limit: mebibytes(100),
    refaults: 0,
    majorFaults: 0,
    limitHits: 0,
    ooms: 0,
    oomKills: 0,
    ...more,
  };
}

export function sample(
  at: number,
  containers: readonly ContainerReading[],
  host: HostReading = {},
  more: Partial<Sample> = {},
): Sample {
  const calm = {
    total: mebibytes(416),
    available: mebibytes(250),
    swapTotal: mebibytes(416),
    swapFree: mebibytes(360),
    swappedIn: mebibytes(0),
  };
  return { at, wall: WALL + at, memoryCgroup: 'v2', host: { ...calm, ...host }, containers, ...more };
}

export function details(digit: string, more: Partial<ContainerDetails> = {}): ContainerDetails {
  return {
    id: id(digit),
    name: `shop-${digit}-1`,
    image: 'redis:8',
    imageId: 'sha256:1',
    state: 'running',
    health: 'none',
    oomKilled: false,
    restarts: 0,
    startedAt: WALL - 3_600_000,
    labels: new Map([
      ['com.docker.compose.project', 'shop'],
      ['com.docker.compose.service', `service-${digit}`],
    ]),
    environment: [],
    command: [],
    terminal: false,
    limits: { oomKillDisabled: false, memory: mebibytes(100) },
    ports: [],
    ...more,
  };
}

export const WALL = 1_700_000_000_000;
