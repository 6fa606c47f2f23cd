import { evidenceByStrength } from './evidence.ts';
import type { RuntimeInputs, RuntimeModel } from './runtime-model.ts';
import { cadvisor } from './runtimes/cadvisor.ts';
import { caddy } from './runtimes/caddy.ts';
import { catalogue } from './runtimes/catalogue.ts';
import { dotnet } from './runtimes/dotnet.ts';
import { elasticsearch } from './runtimes/elasticsearch.ts';
import { go } from './runtimes/go.ts';
import { grafana } from './runtimes/grafana.ts';
import { haproxy } from './runtimes/haproxy.ts';
import { influxdb } from './runtimes/influxdb.ts';
import { jvm } from './runtimes/jvm.ts';
import { mariadb } from './runtimes/mariadb.ts';
import { memcached } from './runtimes/memcached.ts';
import { mongodb } from './runtimes/mongodb.ts';
import { mosquitto } from './runtimes/mosquitto.ts';
import { mysql } from './runtimes/mysql.ts';
import { nextjs } from './runtimes/nextjs.ts';
import { nginx } from './runtimes/nginx.ts';
import { nodeExporter } from './runtimes/node-exporter.ts';
import { node } from './runtimes/node.ts';
import { phpfpm } from './runtimes/phpfpm.ts';
import { postgres } from './runtimes/postgres.ts';
import { prometheus } from './runtimes/prometheus.ts';
import { python } from './runtimes/python.ts';
import { rabbitmq } from './runtimes/rabbitmq.ts';
import { redis } from './runtimes/redis.ts';
import { traefik } from './runtimes/traefik.ts';

/** The runtime that a service runs: the strongest evidence wins, and among equals the order below. */
export function runtimeOf(inputs: RuntimeInputs): RuntimeModel | undefined {
  let best: { readonly model: RuntimeModel; readonly rank: number } | undefined;
  for (const model of runtimes) {
    const evidence = model.detects(inputs);
    const rank = evidence === undefined ? NONE : evidenceByStrength.indexOf(evidence);
    if (rank < (best?.rank ?? NONE)) best = { model, rank };
  }
  return best?.model;
}

/**
 * Narrow before wide: a framework before its language, single programs before the catalogue of images. By its
 * environment a service is only recognised where no image and no command says more.
 */
export const runtimes: readonly RuntimeModel[] = [
  postgres,
  redis,
  memcached,
  mariadb,
  mysql,
  mongodb,
  influxdb,
  rabbitmq,
  mosquitto,
  elasticsearch,
  nginx,
  caddy,
  traefik,
  haproxy,
  prometheus,
  grafana,
  nodeExporter,
  cadvisor,
  nextjs,
  catalogue,
  dotnet,
  jvm,
  node,
  python,
  phpfpm,
  go,
];

const NONE = evidenceByStrength.length;
