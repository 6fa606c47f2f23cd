import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Disposable } from '../base/disposable.ts';
import { bytes } from '../base/bytes.ts';
import type { DemoContainer } from './container.ts';
import { infoJson, inspectJson, statsJson, summaryJson, versionJson } from './engine-json.ts';
import type { DemoPi } from './pi.ts';

/**
 * The pretend engine's API. It listens nowhere: connections are handed to it by `emit('connection', …)`, as they come
 * out of the SSH channels.
 */
export function engineServer(pi: DemoPi): Server {
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => answer(pi, request, response, body));
  });
  // Keep-alive connections wait in the client's pool for longer than Node's server would let them.
  server.keepAliveTimeout = 0;
  server.on('upgrade', (_request, socket) => {
    socket.end(
      'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nThis is the demo Pi. It runs no programs.\r\n',
    );
  });
  return server;
}

function answer(pi: DemoPi, request: IncomingMessage, response: ServerResponse, body: Readonly<Record<string, unknown>>): void {
  const url = new URL(request.url ?? '/', 'http://demo');
  const path = url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, '');
  pi.advance();
  const whole = WHOLE[`${request.method ?? 'GET'} ${path}`];
  if (whole !== undefined) {
    whole(pi, response, url);
    return;
  }
  const [, id = '', verb = ''] = /^\/containers\/([^/]+)\/(\w+)$/.exec(path) ?? [];
  const container = pi.find(decodeURIComponent(id));
  const action = ACTIONS[`${request.method ?? 'GET'} ${verb}`];
  if (path.startsWith('/exec/')) json(response, 200, path.endsWith('/json') ? { ExitCode: 0, Running: false } : {});
  else if (container === undefined || action === undefined) json(response, 404, { message: `The demo has no ${path}` });
  else action(pi, container, response, url, body);
}

const WHOLE: Readonly<Record<string, ((pi: DemoPi, response: ServerResponse, url: URL) => void) | undefined>> = {
  'GET /_ping': (_pi, response) => response.end('OK'),
  'HEAD /_ping': (_pi, response) => response.end(),
  'GET /version': (_pi, response) => json(response, 200, versionJson()),
  'GET /info': (pi, response) => json(response, 200, infoJson(pi)),
  'GET /containers/json': (pi, response, url) => {
    const all = /^(1|true)$/.test(url.searchParams.get('all') ?? '');
    const shown = pi.containers.filter(({ running }) => all || running);
    json(
      response,
      200,
      shown.map((container) => summaryJson(container, pi)),
    );
  },
  'GET /events': (pi, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    follow(
      response,
      pi.onEvent((event) => void response.write(`${JSON.stringify(event)}\n`)),
    );
  },
};

type Action = (
  pi: DemoPi,
  container: DemoContainer,
  response: ServerResponse,
  url: URL,
  body: Readonly<Record<string, unknown>>,
) => void;

const ACTIONS: Readonly<Record<string, Action | undefined>> = {
  'GET json': (_pi, container, response) => json(response, 200, inspectJson(container)),
  'GET stats': (pi, container, response) => json(response, 200, statsJson(container, pi)),
  'POST start': (pi, container, response) => {
    if (!container.running) container.start(pi.clock.wall());
    response.writeHead(204).end();
  },
  'POST stop': (pi, container, response) => {
    container.stop(pi.clock.wall());
    response.writeHead(204).end();
  },
  'POST restart': (pi, container, response) => {
    container.stop(pi.clock.wall());
    container.start(pi.clock.wall());
    response.writeHead(204).end();
  },
  'POST update': (pi, container, response, _url, { Memory: memory }) => {
    const off = pi.memoryCgroup === 'off';
    if (typeof memory === 'number' && !off) container.limit = memory > 0 ? bytes(memory) : undefined;
    container.emit('update');
    const warning = 'Your kernel does not support memory limit capabilities or the cgroup is not mounted. Limitation discarded.';
    json(response, 200, { Warnings: off ? [warning] : [] });
  },
  'GET logs': logs,
  'POST exec': (_pi, container, response) => json(response, 201, { Id: container.id }),
};

function logs(pi: DemoPi, { spec }: DemoContainer, response: ServerResponse, url: URL): void {
  response.writeHead(200, { 'Content-Type': 'application/vnd.docker.multiplexed-stream' });
  const say = (index: number): void => {
    const line = Buffer.from(`${spec.says[index % spec.says.length] ?? ''}\n`);
    const header = Buffer.alloc(8);
    header.writeUInt8(1, 0);
    header.writeUInt32BE(line.length, 4);
    response.write(Buffer.concat([header, line]));
  };
  const tail = Math.min(20, Number(url.searchParams.get('tail') ?? 20) || 0);
  for (let index = 0; index < tail; index++) say(index);
  if (!/^(1|true)$/.test(url.searchParams.get('follow') ?? '')) {
    response.end();
    return;
  }
  let count = tail;
  let timer: Disposable | undefined;
  const again = (): void => {
    timer = pi.clock.after(2500, () => {
      say(count++);
      again();
    });
  };
  again();
  follow(response, { dispose: () => timer?.dispose() });
}

function follow(response: ServerResponse, source: Disposable): void {
  response.on('close', () => source.dispose());
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > 65_536) break;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
