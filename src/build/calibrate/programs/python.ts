import { answersOn, httpLoad } from '../loads/http.ts';
import { type Configuration, type Program } from '../program.ts';

interface Variant {
  readonly id: string;
  readonly server: 'gunicorn' | 'uvicorn';
  readonly workers: number;
  readonly threads?: number;
  readonly preload?: boolean;
  /** What the application holds per process. */
  readonly liveMib: number;
  readonly search?: boolean;
}

const VARIANTS: readonly Variant[] = [
  { id: 'gunicorn-w2', server: 'gunicorn', workers: 2, liveMib: 10, search: true },
  { id: 'gunicorn-w4', server: 'gunicorn', workers: 4, liveMib: 10, search: true },
  { id: 'uvicorn-w1', server: 'uvicorn', workers: 1, liveMib: 10, search: true },
  { id: 'gunicorn-w1-t8', server: 'gunicorn', workers: 1, threads: 8, liveMib: 0, search: true },
  { id: 'uvicorn-w3', server: 'uvicorn', workers: 3, liveMib: 10, search: true },
  { id: 'gunicorn-w4-preload', server: 'gunicorn', workers: 4, preload: true, liveMib: 10, search: true },
  { id: 'gunicorn-w9', server: 'gunicorn', workers: 9, liveMib: 0 },
  { id: 'uvicorn-w1-bare', server: 'uvicorn', workers: 1, liveMib: 0 },
];

const COMMON = `
import json, os
MIB = int(os.environ.get('LIVE_MIB', '0'))
LIVE = [{'id': n, 'name': 'sensor-%d' % n, 'values': [n * 1.5, n * 2.5]} for n in range(MIB * 2300)]
def work(n):
    text = json.dumps([{'id': n + k, 'name': 'sensor-%d' % (n + k), 'values': [k * 1.5, k * 2.5]} for k in range(300)])
    return ','.join(one['name'] for one in json.loads(text))
`;

const FLASK = `${COMMON}
from flask import Flask, request
app = Flask(__name__)
@app.route('/')
def index():
    return work(int(request.args.get('n', '0')))
`;

const ASGI = `${COMMON}
from urllib.parse import parse_qs
async def app(scope, receive, send):
    if scope['type'] != 'http': return
    body = work(int(parse_qs(scope['query_string']).get(b'n', [b'0'])[0])).encode()
    await send({'type': 'http.response.start', 'status': 200, 'headers': []})
    await send({'type': 'http.response.body', 'body': body})
`;

export const python: Program = {
  id: 'python',
  packages: ['gunicorn', 'python3-flask', 'uvicorn'],
  version: ['python3', '--version'],
  image: {
    name: 'calibrate-python',
    programs: ['python3.11'],
    paths: ['/usr/bin/python3', '/usr/bin/gunicorn', '/usr/bin/uvicorn', '/usr/lib/python3.11', '/usr/lib/python3/dist-packages'],
    leaveOut: [
      '/usr/lib/python3/dist-packages/mercurial',
      '/usr/lib/python3/dist-packages/sympy',
      '/usr/lib/python3.11/test',
      '/usr/lib/python3.11/config-',
    ],
    files: { '/app/shop.py': FLASK, '/app/service.py': ASGI },
  },
  configurations: VARIANTS.map(configuration),
};

function configuration({ id, server, workers, threads, preload, liveMib, search }: Variant): Configuration {
  const gunicorn = [
    ...['gunicorn', '--chdir', '/app', '--bind', '0.0.0.0:8000', '--workers', String(workers), '--worker-tmp-dir', '/dev/shm'],
    ...(threads === undefined ? [] : ['--threads', String(threads)]),
    ...(preload === true ? ['--preload'] : []),
    'shop:app',
  ];
  const uvicorn = [
    'uvicorn',
    '--app-dir',
    '/app',
    '--host',
    '0.0.0.0',
    '--port',
    '8000',
    '--workers',
    String(workers),
    '--log-level',
    'warning',
    'service:app',
  ];
  return {
    id,
    settings: { server, workers, threads: threads ?? 1, preload: preload === true, liveMib },
    service: {
      image: 'python:3.11',
      command: server === 'gunicorn' ? gunicorn : uvicorn,
      environment: { LIVE_MIB: String(liveMib) },
    },
    docker: ['--workdir', '/app'],
    describes: `3000 JSON requests over 30 connections, ${String(liveMib)} MiB of live objects in every process`,
    search: search === true,
    ready: (target) => answersOn(target, 8000),
    // Synchronous gunicorn workers close every connection anyway.
    load: (target) =>
      httpLoad(target, {
        port: 8000,
        path: (n) => `/?n=${String(n)}`,
        requests: 3000,
        connections: 30,
        closing: server === 'gunicorn',
      }),
  };
}
