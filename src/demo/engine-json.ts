import type { DemoContainer } from './container.ts';
import type { DemoPi } from './pi.ts';
import { AGENT_LABEL } from '../live/store/facts.ts';

/** The pretend engine's answers, with the fields of API 1.47 that anyone reads. */
export function versionJson(): object {
  return {
    Version: '28.5.1',
    ApiVersion: '1.51',
    MinAPIVersion: '1.24',
    Arch: 'arm64',
    Os: 'linux',
    KernelVersion: KERNEL,
    Components: [{ Name: 'Engine', Version: '28.5.1' }],
  };
}

export function infoJson(pi: DemoPi): object {
  const on = pi.memoryCgroup === 'v2';
  return {
    ID: 'DEMO',
    Name: 'demo-pi',
    ServerVersion: '28.5.1',
    CgroupVersion: '2',
    CgroupDriver: 'systemd',
    MemoryLimit: on,
    SwapLimit: on,
    MemTotal: pi.total,
    NCPU: 4,
    Driver: 'overlay2',
    DockerRootDir: '/var/lib/docker',
    OperatingSystem: 'Raspberry Pi OS (demo)',
    Architecture: 'aarch64',
    ContainersRunning: pi.containers.filter(({ running }) => running).length,
    SecurityOptions: ['name=seccomp,profile=builtin', 'name=cgroupns'],
    Warnings: on ? [] : ['WARNING: No memory limit support', 'WARNING: No swap limit support'],
  };
}

export function summaryJson(container: DemoContainer, pi: DemoPi): object {
  const { spec, running } = container;
  const minutes = Math.max(0, Math.round((pi.clock.wall() - container.startedAt) / 60_000));
  return {
    Id: container.id,
    Names: [`/${spec.name}`],
    Image: spec.image,
    State: running ? 'running' : 'exited',
    Status: running ? `Up ${String(minutes)} minutes` : `Exited (${String(container.exitCode)})`,
    Labels: labels(container),
    Created: Math.floor(container.startedAt / 1000),
    Ports: spec.port === undefined ? [] : [{ PrivatePort: spec.port, PublicPort: spec.port, Type: 'tcp', IP: '0.0.0.0' }],
  };
}

export function inspectJson(container: DemoContainer): object {
  const { spec, running, limit } = container;
  const port =
    spec.port === undefined ? {} : { [`${String(spec.port)}/tcp`]: [{ HostIp: '0.0.0.0', HostPort: String(spec.port) }] };
  return {
    Id: container.id,
    Name: `/${spec.name}`,
    Image: `sha256:${container.id}`,
    RestartCount: container.restarts,
    State: {
      Status: running ? 'running' : 'exited',
      Running: running,
      OOMKilled: container.oomKilled,
      Pid: running ? 1000 + Number.parseInt(container.id.slice(0, 4), 16) : 0,
      ExitCode: container.exitCode,
      StartedAt: new Date(container.startedAt).toISOString(),
      FinishedAt: container.finishedAt === 0 ? '0001-01-01T00:00:00Z' : new Date(container.finishedAt).toISOString(),
      ...(spec.health === undefined ? {} : { Health: { Status: spec.health } }),
    },
    Config: {
      Image: spec.image,
      Labels: labels(container),
      Env: ['TZ=Europe/Berlin'],
      Cmd: [spec.service ?? spec.name],
      Tty: false,
    },
    HostConfig: {
      Memory: limit ?? 0,
      MemorySwap: limit === undefined ? 0 : limit * 2,
      ShmSize: 67_108_864,
      OomKillDisable: false,
      RestartPolicy: { Name: 'unless-stopped' },
    },
    NetworkSettings: { Ports: port },
  };
}

/** As the engine leaves usage and limit out while the memory cgroup is off, and fills the rest with zeros. */
export function statsJson({ usage, current, limit }: DemoContainer, pi: DemoPi): object {
  const on = pi.memoryCgroup === 'v2';
  const stats = {
    anon: usage.anon,
    file: usage.cache,
    shmem: usage.shmem,
    kernel: usage.kernel,
    inactive_file: usage.inactiveFile,
  };
  const zeros = Object.fromEntries(Object.keys(stats).map((name) => [name, 0]));
  return {
    memory_stats: on ? { usage: current, limit: limit ?? pi.total, stats } : { stats: zeros },
    cpu_stats: { cpu_usage: { total_usage: Math.round(pi.clock.wall() * 40_000) } },
  };
}

function labels({ spec }: DemoContainer): Readonly<Record<string, string>> {
  return {
    ...(spec.project === undefined
      ? {}
      : {
          'com.docker.compose.project': spec.project,
          'com.docker.compose.service': spec.service ?? spec.name,
          'com.docker.compose.project.working_dir': `/home/demo/${spec.project}`,
          'com.docker.compose.project.config_files': `/home/demo/${spec.project}/compose.yml`,
        }),
    ...(spec.agent === undefined ? {} : { [AGENT_LABEL]: String(spec.agent) }),
    'dev.headroom.demo': 'pretend',
  };
}

export const KERNEL = '6.12.47+rpt-rpi-v8';
