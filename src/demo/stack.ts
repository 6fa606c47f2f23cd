import { mebibytes, type Bytes } from '../base/bytes.ts';

/** A container of the pretend Pi: who it is, and how its memory moves. */
export interface DemoService {
  readonly name: string;
  readonly project?: string;
  readonly service?: string;
  readonly agent?: number;
  readonly image: string;
  /** What its compose file asks for. */
  readonly limit?: Bytes;
  /** Anonymous memory rests here and swings by this much over the period. */
  readonly anon: number;
  readonly swing: number;
  readonly periodSeconds: number;
  /** MiB a second, until something ends it. */
  readonly leak?: number;
  readonly cache: number;
  readonly shmem?: number;
  readonly health?: 'healthy' | 'unhealthy';
  /** Short of memory for its own program every few minutes. */
  readonly thrashes?: boolean;
  readonly port?: number;
  readonly says: readonly string[];
}

const limit = (mebi: number): { readonly limit: Bytes } => ({ limit: mebibytes(mebi) });

/** Twelve, on a Zero 2 W: they fit, but not by much, and one of them leaks. */
export const DEMO_SERVICES: readonly DemoService[] = [
  {
    ...shop('postgres', 'postgres:17-alpine', { anon: 9, swing: 2, periodSeconds: 70, cache: 22 }),
    ...limit(80),
    shmem: 14,
    health: 'healthy',
    says: ['LOG:  checkpoint starting: time', 'LOG:  checkpoint complete: wrote 41 buffers (2.0%)'],
  },
  {
    ...shop('api', 'demo/shop-api:1.4', { anon: 24, swing: 4, periodSeconds: 45, cache: 9 }),
    ...limit(96),
    health: 'healthy',
    port: 8080,
    says: ['info: Request finished HTTP/1.1 GET /api/bookings - 200', 'info: 3 bookings synchronised'],
  },
  {
    ...shop('web', 'nginx:1.29-alpine', { anon: 3, swing: 0.5, periodSeconds: 30, cache: 4 }),
    ...limit(32),
    port: 80,
    says: ['"GET / HTTP/1.1" 200 615', '"GET /assets/app.js HTTP/1.1" 304 0'],
  },
  {
    ...shop('redis', 'redis:8-alpine', { anon: 6, swing: 1, periodSeconds: 50, cache: 2 }),
    ...limit(32),
    says: ['* 10 changes in 300 seconds. Saving...', '* Background saving terminated with success'],
  },
  {
    ...shop('worker', 'demo/shop-worker:1.4', { anon: 14, swing: 1, periodSeconds: 20, cache: 4 }),
    ...limit(48),
    leak: 0.35,
    says: ['job 4711 done', 'cache holds 1284 thumbnails'],
  },
  {
    ...of('demo-monitoring', 'prometheus', 'prom/prometheus:v3.5.0', { anon: 22, swing: 3, periodSeconds: 60, cache: 12 }),
    ...limit(64),
    thrashes: true,
    port: 9090,
    says: ['level=INFO msg="write block" duration=412ms', 'level=WARN msg="Scrape took longer than interval"'],
  },
  {
    ...of('demo-monitoring', 'node-exporter', 'prom/node-exporter:v1.9.1', { anon: 7, swing: 0.5, periodSeconds: 15, cache: 2 }),
    ...limit(24),
    says: ['level=INFO msg="Listening on" address=[::]:9100'],
  },
  {
    ...of('demo-home', 'mosquitto', 'eclipse-mosquitto:2', { anon: 2, swing: 0.2, periodSeconds: 40, cache: 2 }),
    ...limit(16),
    port: 1883,
    says: ['New client connected from 192.0.2.17 as sensor-attic'],
  },
  {
    ...of('demo-home', 'node-red', 'nodered/node-red:4.1', { anon: 26, swing: 5, periodSeconds: 90, cache: 10 }),
    health: 'healthy',
    port: 1880,
    says: ['[info] Started flows', '[info] [mqtt-broker:attic] Connected to broker'],
  },
  { ...agent(1, { anon: 13, swing: 2, periodSeconds: 35, cache: 5 }), ...limit(64), port: 60101, says: ['agent 1: ready'] },
  { ...agent(2, { anon: 12, swing: 3, periodSeconds: 55, cache: 5 }), ...limit(64), port: 60201, says: ['agent 2: ready'] },
  {
    name: 'demo-watchtower',
    image: 'containrrr/watchtower:1.7.1',
    anon: 6,
    swing: 0.5,
    periodSeconds: 25,
    cache: 3,
    says: ['Session done Failed=0 Scanned=12 Updated=0'],
  },
];

type Movement = Pick<DemoService, 'anon' | 'swing' | 'periodSeconds' | 'cache'>;
type Identity = Pick<DemoService, 'name' | 'project' | 'service' | 'image'> & Movement;

function of(project: string, service: string, image: string, movement: Movement): Identity {
  return { name: `${project}-${service}-1`, project, service, image, ...movement };
}

function shop(service: string, image: string, movement: Movement): Identity {
  return of('demo-shop', service, image, movement);
}

function agent(number: number, movement: Movement): Identity & { readonly agent: number } {
  return { ...of(`demo-agent-${String(number)}`, 'api', 'demo/agent-api:0.9', movement), agent: number };
}
