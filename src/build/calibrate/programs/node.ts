import { answersOn, get, httpLoad } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  /** MiB; undefined leaves V8's own choice. */
  readonly oldSpace?: number;
  readonly semiSpace?: number;
  readonly liveMib: number;
  readonly buffersMib?: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'hello', oldSpace: 128, liveMib: 0, search: true },
  { id: 'old128-live100', oldSpace: 128, liveMib: 100, search: true },
  { id: 'old64-live48', oldSpace: 64, liveMib: 48, search: true },
  { id: 'old128-live50-buffers64', oldSpace: 128, liveMib: 50, buffersMib: 64, search: true },
  { id: 'old256-live200', oldSpace: 256, liveMib: 200, search: true },
  { id: 'old128-live100-semi2', oldSpace: 128, semiSpace: 2, liveMib: 100, search: true },
  { id: 'old128-live100-semi32', oldSpace: 128, semiSpace: 32, liveMib: 100, search: true },
  { id: 'old512-live400', oldSpace: 512, liveMib: 400, search: true },
  { id: 'old128-live60', oldSpace: 128, liveMib: 60, search: true },
  { id: 'hello-default', liveMib: 0 },
];

/** Small objects, as parsed JSON is, kept alive up to a size; every request makes a lot of garbage beside them. */
const APP = `
const http = require('node:http');
const live = [];
const buffers = [];
function record(n) { return { id: n, name: 'sensor-' + n, tags: ['a' + n, 'b' + n], at: n * 1.5, values: [n, n + 1, n + 2, n + 3] }; }
function keep(mib) {
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; ; n++) {
    live.push(record(n));
    if (n % 2000 === 0 && live.length * SIZE > mib * 1048576) break;
  }
}
const probe = []; global.gc && gc();
const start = process.memoryUsage().heapUsed;
for (let n = 0; n < 20000; n++) probe.push(record(n));
global.gc && gc();
const SIZE = (process.memoryUsage().heapUsed - start) / 20000;
probe.length = 0;
http.createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  if (url.pathname === '/live') keep(Number(url.searchParams.get('mib')));
  if (url.pathname === '/buffers') for (let n = 0; n < Number(url.searchParams.get('mib')); n++) buffers.push(Buffer.alloc(1048576, n));
  if (url.pathname === '/work') {
    const n = Number(url.searchParams.get('n'));
    const text = JSON.stringify(Array.from({ length: 200 }, (_, k) => record(n + k)));
    if (live.length > 0) live[n % live.length] = record(n);
    response.end(JSON.stringify(JSON.parse(text).map((one) => one.name)));
    return;
  }
  response.end('ok');
}).listen(3000);
`;

export const node: Program = {
  id: 'node',
  packages: [],
  version: ['node', '--version'],
  image: { name: 'calibrate-node', programs: ['node'], files: { '/app/server.js': APP } },
  configurations: VARIANTS.map(configuration),
};

function configuration(variant: Variant): Configuration {
  const { id, oldSpace, semiSpace, liveMib, buffersMib = 0 } = variant;
  const command = [
    ...['node', '--expose-gc'],
    ...(oldSpace === undefined ? [] : [`--max-old-space-size=${String(oldSpace)}`]),
    ...(semiSpace === undefined ? [] : [`--max-semi-space-size=${String(semiSpace)}`]),
    '/app/server.js',
  ];
  return {
    id,
    settings: { oldSpaceMib: oldSpace ?? 'default', semiSpaceMib: semiSpace ?? 'default', liveMib, buffersMib },
    service: { image: 'node:20', command },
    describes: `${String(liveMib)} MiB of small live objects, ${String(buffersMib)} MiB of Buffers, then 8000 JSON requests of garbage over 50 connections`,
    search: variant.search === true,
    ready: (target) => answersOn(target, 3000),
    load: async (target) => {
      // In steps, as an application fills a cache: one long synchronous loop would be a load of its own.
      for (let step = 0; step < 10 && liveMib > 0; step++)
        await get(target, 3000, `/live?mib=${String((liveMib * (step + 1)) / 10)}`);
      if (buffersMib > 0) await get(target, 3000, `/buffers?mib=${String(buffersMib)}`);
      await httpLoad(target, { port: 3000, path: (n) => `/work?n=${String(n)}`, requests: 8000, connections: 50 });
    },
  };
}
