import { answersOn, close, httpLoad, serveTo } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly maxconn: number;
  readonly threads: number;
  readonly connections: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'c50', maxconn: 500, threads: 2, connections: 50, search: true },
  { id: 'c1000', maxconn: 2000, threads: 4, connections: 1000, search: true },
  { id: 'maxconn9000-c500', maxconn: 9000, threads: 4, connections: 500, search: true },
  { id: 'c1-t1', maxconn: 500, threads: 1, connections: 1 },
];

const BACKEND = 19192;

export const haproxy: Program = {
  id: 'haproxy',
  packages: ['haproxy'],
  version: ['haproxy', '-v'],
  image: { name: 'calibrate-haproxy', programs: ['haproxy'] },
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, maxconn, threads, connections, search } = variant;
  const file = '/usr/local/etc/haproxy/haproxy.cfg';
  return {
    id,
    settings: { maxconn, threads, connections },
    service: { image: 'haproxy:2.6', command: ['haproxy', '-W', '-db', '-f', file], files: { [file]: conf(variant) } },
    docker: ['--add-host', 'backend:host-gateway'],
    describes: `10000 requests over ${String(connections)} connections, passed on to a server behind`,
    search: search === true,
    ready: (target) => answersOn(target, 8080, '/up'),
    load: async (target) => {
      const backend = await serveTo(target, BACKEND, () => 'p'.repeat(8192));
      try {
        await httpLoad(target, { port: 8080, path: (n) => `/page/${String(n)}`, requests: 10_000, connections });
      } finally {
        await close(backend);
      }
    },
  };
}

function conf({ maxconn, threads }: Variant): string {
  return `global
  maxconn ${String(maxconn)}
  nbthread ${String(threads)}
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
frontend web
  bind :8080
  monitor-uri /up
  default_backend behind
backend behind
  server one backend:${String(BACKEND)}
`;
}
