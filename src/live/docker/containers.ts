import { bytes, type Bytes } from '../../base/bytes.ts';
import type { Container, ContainerDetails, ContainerLimits, ContainerState, Health, PublishedPort } from './types.ts';
import { flagOf, listOf, numberOf, present, recordOf, textMapOf, textOf, textsOf } from './wire.ts';

/** One entry of `GET /containers/json`; undefined for one without an id. */
export function readContainer(value: unknown): Container | undefined {
  const record: ContainerSummaryRecord = recordOf(value);
  const id = textOf(record.Id);
  if (id === undefined) return undefined;
  return {
    id,
    name: nameOf(textsOf(record.Names)[0], id),
    image: textOf(record.Image) ?? '',
    state: stateOf(record.State),
    status: textOf(record.Status) ?? '',
    labels: textMapOf(record.Labels),
    ports: listOf(record.Ports).flatMap((port) => readPort(port) ?? []),
    ...present<Pick<Container, 'createdSeconds'>>({ createdSeconds: numberOf(record.Created) }),
  };
}

/** `GET /containers/{id}/json`; undefined for an answer without an id. */
export function readDetails(value: unknown): ContainerDetails | undefined {
  const record: ContainerInspectRecord = recordOf(value);
  const id = textOf(record.Id);
  if (id === undefined) return undefined;
  const state: ContainerStateRecord = recordOf(record.State);
  const config: ContainerConfigRecord = recordOf(record.Config);
  const host: HostConfigRecord = recordOf(record.HostConfig);
  return {
    id,
    name: nameOf(textOf(record.Name), id),
    image: textOf(config.Image) ?? '',
    imageId: textOf(record.Image) ?? '',
    state: stateOf(state.Status),
    health: healthOf(recordOf(state.Health ?? state.Healthcheck).Status),
    oomKilled: flagOf(state.OOMKilled) ?? false,
    restarts: numberOf(record.RestartCount) ?? 0,
    labels: textMapOf(config.Labels),
    environment: textsOf(config.Env),
    command: [...textsOf(config.Entrypoint), ...textsOf(config.Cmd)],
    terminal: flagOf(config.Tty) ?? false,
    limits: readLimits(host),
    ports: portsOf(recordOf(record.NetworkSettings).Ports),
    ...present<Pick<ContainerDetails, 'pid' | 'exitCode' | 'startedAt' | 'finishedAt' | 'cgroupParent' | 'restartPolicy'>>({
      pid: positive(state.Pid),
      exitCode: numberOf(state.ExitCode),
      startedAt: timeOf(state.StartedAt),
      finishedAt: timeOf(state.FinishedAt),
      cgroupParent: textOf(host.CgroupParent),
      restartPolicy: textOf(recordOf(host.RestartPolicy).Name),
    }),
  };
}

type ContainerSummaryRecord = Partial<
  Record<'Id' | 'Names' | 'Image' | 'State' | 'Status' | 'Labels' | 'Ports' | 'Created', unknown>
>;
type ContainerInspectRecord = Partial<
  Record<'Id' | 'Name' | 'Image' | 'State' | 'Config' | 'HostConfig' | 'RestartCount' | 'NetworkSettings', unknown>
>;
type ContainerStateRecord = Partial<
  Record<'Status' | 'Health' | 'Healthcheck' | 'OOMKilled' | 'Pid' | 'ExitCode' | 'StartedAt' | 'FinishedAt', unknown>
>;
type ContainerConfigRecord = Partial<Record<'Image' | 'Labels' | 'Env' | 'Entrypoint' | 'Cmd' | 'Tty', unknown>>;
type HostConfigRecord = Partial<
  Record<
    | 'Memory'
    | 'MemorySwap'
    | 'MemoryReservation'
    | 'ShmSize'
    | 'NanoCpus'
    | 'PidsLimit'
    | 'OomKillDisable'
    | 'CgroupParent'
    | 'RestartPolicy',
    unknown
  >
>;

function readLimits(host: HostConfigRecord): ContainerLimits {
  const nanoCpus = positive(host.NanoCpus);
  return {
    oomKillDisabled: flagOf(host.OomKillDisable) ?? false,
    ...present<Omit<ContainerLimits, 'oomKillDisabled'>>({
      memory: size(host.Memory),
      memorySwap: numberOf(host.MemorySwap) === 0 ? undefined : numberOf(host.MemorySwap),
      reservation: size(host.MemoryReservation),
      shm: size(host.ShmSize),
      cpus: nanoCpus === undefined ? undefined : nanoCpus / 1e9,
      pids: positive(host.PidsLimit),
    }),
  };
}

function readPort(value: unknown): PublishedPort | undefined {
  const record = recordOf(value);
  const container = numberOf(record.PrivatePort);
  if (container === undefined) return undefined;
  return {
    container,
    protocol: textOf(record.Type) ?? 'tcp',
    ...present<Pick<PublishedPort, 'host' | 'address'>>({ host: numberOf(record.PublicPort), address: textOf(record.IP) }),
  };
}

/** `{"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}], "443/tcp": null}` */
function portsOf(value: unknown): PublishedPort[] {
  return Object.entries(recordOf(value)).flatMap(([name, bindings]): PublishedPort[] => {
    const [port, protocol = 'tcp'] = name.split('/');
    const container = Number(port);
    if (!Number.isInteger(container)) return [];
    const published = listOf(bindings).map(recordOf);
    if (published.length === 0) return [{ container, protocol }];
    return published.map((binding) => ({
      container,
      protocol,
      ...present<Pick<PublishedPort, 'host' | 'address'>>({
        host: positive(Number(textOf(binding.HostPort))),
        address: textOf(binding.HostIp),
      }),
    }));
  });
}

function nameOf(name: string | undefined, id: string): string {
  return name?.replace(/^\//, '') ?? id.slice(0, 12);
}

const STATES: readonly ContainerState[] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];

/** Podman says `configured`, `initialized`, `stopped` and `stopping` where Docker has other words. */
function stateOf(value: unknown): ContainerState {
  const said = textOf(value)?.toLowerCase() ?? '';
  const known = STATES.find((state) => state === said);
  if (known !== undefined) return known;
  return said === 'configured' || said === 'initialized' ? 'created' : said === 'stopping' ? 'removing' : 'exited';
}

function healthOf(value: unknown): Health {
  const said = textOf(value);
  return said === 'starting' || said === 'healthy' || said === 'unhealthy' ? said : 'none';
}

function positive(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && number > 0 ? number : undefined;
}

function size(value: unknown): Bytes | undefined {
  const number = positive(value);
  return number === undefined ? undefined : bytes(number);
}

/** Milliseconds since 1970. Go's zero time, the year 1, means never. */
function timeOf(value: unknown): number | undefined {
  const at = Date.parse(textOf(value) ?? '');
  return Number.isNaN(at) || at <= 0 ? undefined : at;
}
