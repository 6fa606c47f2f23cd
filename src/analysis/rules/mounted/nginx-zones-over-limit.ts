import { bytes, formatBytes, mebibytes } from '../../../base/bytes.ts';
import type { Span } from '../../../base/span.ts';
import type { NginxFile } from '../../mounted/model.ts';
import { directivesNamed, type Directive } from '../../mounted/nginx-tree.ts';
import type { Rule } from '../rule.ts';

export const nginxZonesOverLimit: Rule<NginxFile, 'zones' | 'buffers' | 'zone' | 'limit'> = {
  id: 'nginx-zones-over-limit',
  appliesTo: 'nginx',
  severity: 'warning',
  group: 'memory',
  docs: {
    what: 'Shared zones of nginx (keys of a cache, counters, sessions), or buffers times connections, that do not fit into the limit of its container.',
    why: 'A zone fills page by page: all is well for days, until the cache is warm or somebody scans the site. Then the kernel kills a worker with every connection that it has.',
    instead:
      'A mebibyte of `keys_zone` holds about 8,000 keys: few sites on a Pi need more than two. Lower it, or `worker_connections`, or raise the limit.',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_path'],
    invalid: [
      '# file: compose.yml\nservices:\n  web:\n    image: nginx:alpine\n    mem_limit: 32M\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n# file: nginx.conf\nhttp {\n  proxy_cache_path /var/cache/nginx keys_zone=app:20m max_size=1g;\n  limit_req_zone $binary_remote_addr zone=one:10m rate=1r/s;\n}\n',
      '# file: compose.yml\nservices:\n  web:\n    image: nginx:alpine\n    mem_limit: 32M\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n# file: nginx.conf\nevents { worker_connections 1024; }\nhttp { proxy_buffers 8 32k; }\n',
    ],
    valid: [
      '# file: compose.yml\nservices:\n  web:\n    image: nginx:alpine\n    mem_limit: 32M\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n# file: nginx.conf\nevents { worker_connections 1024; }\nhttp {\n  proxy_cache_path /var/cache/nginx keys_zone=app:10m max_size=1g;\n}\n',
      'http {\n  proxy_cache_path /var/cache/nginx keys_zone=app:200m max_size=1g;\n}\n',
    ],
  },
  messages: {
    zones: 'Shared zones may grow to {zones}, and nginx itself takes about 8 MiB: the limit is {limit}',
    buffers: 'If all {connections} connections are in use, their buffers come to {buffers}: the limit is {limit}',
    zone: '{size} here',
    limit: 'the limit',
  },
  *check({ model: { directives, limit } }) {
    if (limit === undefined) return;
    const zones = [...directivesNamed(directives, ZONED)].flatMap(({ directive }) => zoneOf(directive));
    const total = bytes(zones.reduce((sum, { size }) => sum + size, 0));
    const [largest] = [...zones].sort((one, other) => other.size - one.size);
    const atLimit = { message: 'limit' as const, span: limit.span };
    if (largest !== undefined && total + ITSELF > limit.value) {
      const each = zones.map(({ size, span }) => ({ message: 'zone' as const, data: { size: formatBytes(bytes(size)) }, span }));
      const data = { zones: formatBytes(total), limit: formatBytes(limit.value) };
      yield { message: 'zones', data, span: largest.span, related: [...each, atLimit] };
      return;
    }
    const [first] = [...directivesNamed(directives, BUFFERED)];
    const buffers = bufferedBytes(directives);
    const connections = connectionsOf(directives);
    if (first === undefined || buffers * connections + total + ITSELF <= limit.value) return;
    yield {
      message: 'buffers',
      severity: 'info',
      data: { connections, buffers: formatBytes(bytes(buffers * connections)), limit: formatBytes(limit.value) },
      span: first.directive.span,
      related: [atLimit],
    };
  },
};

/** Master, a worker and its program text: 6 to 9 MiB were measured. */
const ITSELF = mebibytes(8);

const ZONED = /^(?:(?:proxy|fastcgi|uwsgi|scgi)_cache_path|limit_req_zone|limit_conn_zone|ssl_session_cache|zone)$/;

/** `keys_zone=name:10m`, `zone=name:10m`, `shared:name:10m`, and `zone name 64k` of an upstream. */
function zoneOf({ name, words, span }: Directive): { readonly size: number; readonly span: Span }[] {
  const text =
    name === 'zone' ? words[1] : words.map((word) => /^(?:(?:keys_)?zone=|shared:)[^:]+:(\w+)$/.exec(word)?.[1]).find(Boolean);
  const size = sizeOf(text);
  return size === undefined ? [] : [{ size, span }];
}

/** Only what somebody set: the defaults are small, and were measured with everything else. */
const BUFFERED = /^(?:(?:proxy|fastcgi|uwsgi|scgi)_buffers|client_body_buffer_size)$/;

/** What one connection may hold. A block further in replaces one further out, so the largest of each name counts. */
function bufferedBytes(directives: readonly Directive[]): number {
  const largest = new Map<string, number>();
  for (const { directive } of directivesNamed(directives, BUFFERED)) {
    const [first, second] = directive.words;
    const size = second === undefined ? (sizeOf(first) ?? 0) : Number(first) * (sizeOf(second) ?? 0);
    largest.set(directive.name, Math.max(largest.get(directive.name) ?? 0, Number.isFinite(size) ? size : 0));
  }
  return [...largest.values()].reduce((sum, size) => sum + size, 0);
}

function connectionsOf(directives: readonly Directive[]): number {
  const [written] = [...directivesNamed(directives, /^worker_connections$/)];
  const count = Number(written?.directive.words[0] ?? 512);
  return Number.isFinite(count) ? count : 512;
}

function sizeOf(text: string | undefined): number | undefined {
  const match = /^(\d+)([kmg]?)$/i.exec(text ?? '');
  return match === null ? undefined : Number(match[1]) * (FACTORS[(match[2] ?? '').toLowerCase()] ?? 1);
}

const FACTORS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
