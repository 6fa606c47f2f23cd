import { answersOn, close, httpLoad, serveTo } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly workers: number;
  readonly connections: number;
  readonly requests: number;
  /** Behind which lies a server of ours; a page of 8 KiB each. */
  readonly proxiedPages?: number;
  readonly keysZone?: string;
  readonly gzip?: boolean;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'static-w1-c50', workers: 1, connections: 50, requests: 15_000, search: true },
  { id: 'static-w4-c1000', workers: 4, connections: 1000, requests: 15_000, gzip: true, search: true },
  { id: 'cache-w2-zone10', workers: 2, connections: 100, requests: 12_000, proxiedPages: 6000, keysZone: '10m', search: true },
  { id: 'cache-w2-zone64', workers: 2, connections: 100, requests: 12_000, proxiedPages: 6000, keysZone: '64m', search: true },
  { id: 'proxy-w4-c500', workers: 4, connections: 500, requests: 10_000, proxiedPages: 6000 },
  { id: 'static-w1-c1', workers: 1, connections: 1, requests: 500 },
  { id: 'static-w8-c50', workers: 8, connections: 50, requests: 5000 },
];

const BACKEND = 19192;

export const nginx: Program = {
  id: 'nginx',
  packages: ['nginx-light'],
  version: ['nginx', '-v'],
  image: {
    name: 'calibrate-nginx',
    programs: ['nginx'],
    users: ['www-data:33'],
    files: {
      '/usr/share/nginx/html/index.html': `<p>${'text '.repeat(1600)}</p>\n`,
      '/usr/share/nginx/html/picture': 'x'.repeat(300_000),
    },
    folders: [{ path: '/var/log/nginx' }, { path: '/var/lib/nginx' }, { path: '/var/cache/nginx' }],
  },
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, workers, connections, requests, proxiedPages, keysZone, gzip } = variant;
  const page = 'p'.repeat(8192);
  return {
    id,
    settings: { workers, connections, keysZone: keysZone ?? 'none', proxied: proxiedPages !== undefined, gzip: gzip === true },
    service: { image: 'nginx:1.22', command: ['nginx', '-g', 'daemon off;'], files: { '/etc/nginx/nginx.conf': conf(variant) } },
    docker: ['--add-host', 'backend:host-gateway'],
    describes: `${String(requests)} requests over ${String(connections)} connections, ${proxiedPages === undefined ? 'files of 8 and 300 kB' : `${String(proxiedPages)} pages of 8 KiB from behind`}`,
    search: variant.search === true,
    ready: (target) => answersOn(target, 80),
    load: async (target) => {
      const backend = proxiedPages === undefined ? undefined : await serveTo(target, BACKEND, () => page);
      const path = (n: number): string =>
        proxiedPages !== undefined ? `/behind/${String(n % proxiedPages)}` : n % 10 === 0 ? '/picture' : '/index.html';
      try {
        await httpLoad(target, { port: 80, path, requests, connections });
      } finally {
        if (backend !== undefined) await close(backend);
      }
    },
  };
}

function conf({ workers, keysZone, gzip }: Variant): string {
  const cache =
    keysZone === undefined ? '' : `proxy_cache_path /var/cache/nginx levels=1:2 keys_zone=pages:${keysZone} max_size=1g;`;
  return `worker_processes ${String(workers)};
events { worker_connections 2048; }
http {
  access_log off;
  sendfile on;
  gzip ${gzip === true ? 'on' : 'off'};
  ${cache}
  server {
    listen 80;
    root /usr/share/nginx/html;
    location /behind/ {
      proxy_pass http://backend:${String(BACKEND)};
      ${keysZone === undefined ? '' : 'proxy_cache pages; proxy_cache_valid any 10m;'}
    }
  }
}
`;
}
