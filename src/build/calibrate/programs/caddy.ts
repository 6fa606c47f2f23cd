import { answersOn, close, httpLoad, serveTo } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly connections: number;
  readonly proxied: boolean;
  readonly memoryLimit?: string;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'files-c50', connections: 50, proxied: false, search: true },
  { id: 'proxy-c200', connections: 200, proxied: true, search: true },
  { id: 'files-c1000', connections: 1000, proxied: false, search: true },
  { id: 'proxy-c200-gomemlimit', connections: 200, proxied: true, memoryLimit: '40MiB', search: true },
  { id: 'files-c1', connections: 1, proxied: false },
];

const BACKEND = 19192;

const CADDYFILE = `{
  admin off
  auto_https off
}
:80 {
  handle /behind/* {
    reverse_proxy backend:${String(BACKEND)}
  }
  handle {
    root * /srv
    encode gzip
    file_server
  }
}
`;

export const caddy: Program = {
  id: 'caddy',
  packages: ['caddy'],
  version: ['caddy', 'version'],
  image: {
    name: 'calibrate-caddy',
    programs: ['caddy'],
    files: { '/srv/index.html': `<p>${'text '.repeat(1600)}</p>\n`, '/srv/picture': 'x'.repeat(300_000) },
    folders: [{ path: '/data' }, { path: '/config' }],
    env: { XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: '/config', HOME: '/data' },
  },
  configurations: VARIANTS.map(configuration),
};

function configuration({ id, connections, proxied, memoryLimit, search }: Variant): Configuration {
  const file = '/etc/caddy/Caddyfile';
  return {
    id,
    settings: { connections, proxied, GOMEMLIMIT: memoryLimit ?? 'none' },
    service: {
      image: 'caddy:2',
      command: ['caddy', 'run', '--config', file, '--adapter', 'caddyfile'],
      ...(memoryLimit === undefined ? {} : { environment: { GOMEMLIMIT: memoryLimit } }),
      files: { [file]: CADDYFILE },
    },
    docker: ['--add-host', 'backend:host-gateway'],
    describes: `3000 requests over ${String(connections)} connections, ${proxied ? 'passed on to a server behind' : 'files of 8 and 300 kB'}`,
    search: search === true,
    ready: (target) => answersOn(target, 80),
    load: async (target) => {
      const backend = proxied ? await serveTo(target, BACKEND, () => 'p'.repeat(8192)) : undefined;
      const path = (n: number): string => (proxied ? `/behind/${String(n)}` : n % 10 === 0 ? '/picture' : '/index.html');
      try {
        await httpLoad(target, { port: 80, path, requests: 3000, connections });
      } finally {
        if (backend !== undefined) await close(backend);
      }
    },
  };
}
