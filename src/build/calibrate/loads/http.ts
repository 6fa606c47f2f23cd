import { Agent, createServer, request, type Server } from 'node:http';
import { type Target } from '../program.ts';

export interface HttpLoad {
  readonly port: number;
  /** The path of the n-th request. */
  path(n: number): string;
  readonly requests: number;
  readonly connections: number;
  /** A connection of its own for every request. */
  readonly closing?: boolean;
}

/** So many requests over so many connections; the first answer that is none ends it. */
export async function httpLoad(target: Target, load: HttpLoad): Promise<void> {
  const agent = new Agent({ keepAlive: load.closing !== true, maxSockets: load.connections });
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < load.requests) await get(target, load.port, load.path(next++), agent);
  };
  try {
    await Promise.all(Array.from({ length: load.connections }, client));
  } finally {
    agent.destroy();
  }
}

export function get(target: Target, port: number, path: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: target.address, port, path, signal: target.signal, ...(agent === undefined ? {} : { agent }) },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          if (status >= 400) reject(new Error(`${path}: status ${String(status)}`));
          else resolve(Buffer.concat(parts).toString('latin1'));
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

export async function answersOn(target: Target, port: number, path = '/'): Promise<boolean> {
  await get(target, port, path);
  return true;
}

/** A server of ours that the container calls: reachable from the engine's bridge alone. */
export async function serveTo(target: Target, port: number, answer: (path: string) => string): Promise<Server> {
  const server = createServer((asked, response) => {
    response.end(answer(asked.url ?? '/'));
  });
  server.keepAliveTimeout = 60_000;
  while (!(await listens(server, port, target.gateway))) {
    target.signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return server;
}

/** False while the port is taken: its number stands in configuration files, so there is no choosing another. */
function listens(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

export function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
