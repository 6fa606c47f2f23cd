import type { Duplex } from 'node:stream';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Argv, RemoteCommand } from '../commands/command.ts';
import { shellLine } from '../commands/quote.ts';
import type { LiveError } from '../errors.ts';
import type { Connection } from '../host/connection.ts';
import type { StreamGround } from '../host/stream.ts';
import { asSocket } from '../host/channel-socket.ts';
import { findEngines, type EngineTraces } from './socket.ts';

/** What the engine's side needs of a session. */
export interface EngineGround {
  readonly host: string;
  connection(signal?: AbortSignal): Promise<Result<Connection, LiveError>>;
  exec<T>(command: RemoteCommand<T>, signal?: AbortSignal): Promise<Result<T, LiveError>>;
  /** A connection with leave for one session channel. */
  ground(signal?: AbortSignal): Promise<Result<StreamGround, LiveError>>;
  use(): { dispose(): void };
}

/** How bytes get to the engine of one connection. */
export interface Route {
  readonly kind: 'socket' | 'dial-stdio';
  readonly socket: string;
  open(signal?: AbortSignal): Promise<Result<Duplex, LiveError>>;
}

/**
 * Finds the engine's socket, and a way to it: forwarding by the SSH server, else `docker system dial-stdio`, which
 * needs Docker's own client on the host and a session channel for each request (Dropbear before 2024.84, or
 * AllowStreamLocalForwarding no). OpenSSH refuses forbidden forwarding with the same words as a missing socket.
 */
export async function findRoute(
  ground: EngineGround,
  connection: Connection,
  signal?: AbortSignal,
): Promise<Result<Route, LiveError>> {
  const traces = await ground.exec(findEngines, signal);
  if (!traces.ok && traces.error.kind !== 'commandFailed' && traces.error.kind !== 'outputUnreadable') return traces;
  const found = traces.ok ? traces.value : NO_TRACES;
  const socket = found.sockets.find(({ usable }) => usable)?.path ?? (traces.ok ? undefined : '/var/run/docker.sock');
  if (socket === undefined) return fail(explainTraces(found, ground.host));
  const channel = await connection.unixSocket(socket, signal);
  if (channel.ok) {
    channel.value.close();
    return ok(forwarded(socket, connection));
  }
  if (channel.error.kind !== 'channelRefused') return channel;
  return dialled(socket, found, ground, channel.error.detail, signal);
}

const NO_TRACES: EngineTraces = {
  user: '',
  groups: [],
  listedInDocker: false,
  sockets: [],
  dockerProgram: false,
  podmanProgram: false,
};

/** Why no socket can be used, from what was seen. */
export function explainTraces(
  { sockets, user, listedInDocker, dockerProgram, podmanProgram }: EngineTraces,
  host: string,
): LiveError {
  const [denied] = sockets;
  if (denied !== undefined) return { kind: 'dockerDenied', host, socket: denied.path, user, inGroup: listedInDocker };
  if (dockerProgram || podmanProgram) return { kind: 'dockerStopped', host, socket: '/var/run/docker.sock' };
  return { kind: 'dockerMissing', host };
}

function forwarded(socket: string, connection: Connection): Route {
  return {
    kind: 'socket',
    socket,
    async open(signal) {
      const channel = await connection.unixSocket(socket, signal);
      return channel.ok ? ok(asSocket(channel.value)) : channel;
    },
  };
}

async function dialled(
  socket: string,
  traces: EngineTraces,
  ground: EngineGround,
  refusal: string,
  signal: AbortSignal | undefined,
): Promise<Result<Route, LiveError>> {
  const { host } = ground;
  const podman = socket.includes('podman') || !traces.dockerProgram;
  if (podman ? !traces.podmanProgram : !traces.dockerProgram) return fail({ kind: 'dockerNoWay', host, detail: refusal });
  const argv: Argv = podman
    ? ['podman', '--url', `unix://${socket}`, 'system', 'dial-stdio']
    : ['docker', '--host', `unix://${socket}`, 'system', 'dial-stdio'];
  const route: Route = { kind: 'dial-stdio', socket, open: (inner) => openDialled(argv, ground, inner) };
  // A daemon that has stopped leaves its socket behind. Only the engine's answer tells that from forbidden forwarding.
  return (await ground.exec(reaches(argv), signal)).ok ? ok(route) : fail({ kind: 'dockerStopped', host, socket });
}

function reaches(argv: Argv): RemoteCommand<void> {
  return {
    argv,
    input: 'GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n',
    exits: 'any',
    timeoutMs: 20_000,
    parse: ({ stdout }) => (/^HTTP\/1\.[01] 200 /.test(stdout) ? ok(undefined) : fail('no answer to a ping')),
  };
}

async function openDialled(
  argv: Argv,
  ground: EngineGround,
  signal: AbortSignal | undefined,
): Promise<Result<Duplex, LiveError>> {
  const based = await ground.ground(signal);
  if (!based.ok) return based;
  const { connection, release } = based.value;
  const channel = await connection.exec(shellLine(argv), signal);
  if (!channel.ok) {
    release.dispose();
    return channel;
  }
  void Promise.race([channel.value.closed, connection.ended]).then(() => release.dispose());
  channel.value.stream.stderr.resume();
  return ok(asSocket(channel.value));
}
