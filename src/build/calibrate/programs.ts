import { type Program } from './program.ts';
import { caddy } from './programs/caddy.ts';
import { go } from './programs/go.ts';
import { haproxy } from './programs/haproxy.ts';
import { jvm } from './programs/jvm.ts';
import { mariadb } from './programs/mariadb.ts';
import { memcached } from './programs/memcached.ts';
import { mosquitto } from './programs/mosquitto.ts';
import { nginx } from './programs/nginx.ts';
import { node } from './programs/node.ts';
import { phpFpm } from './programs/php-fpm.ts';
import { postgres } from './programs/postgres.ts';
import { prometheus } from './programs/prometheus.ts';
import { python } from './programs/python.ts';
import { rabbitmq } from './programs/rabbitmq.ts';
import { redis } from './programs/redis.ts';

/** Everything that is measured, in the order in which an unattended run goes through it. */
export const programs: readonly Program[] = [
  ...[postgres, redis, node, mariadb, nginx, mosquitto, memcached],
  ...[jvm, python, prometheus, caddy, haproxy, rabbitmq, go, phpFpm],
];
