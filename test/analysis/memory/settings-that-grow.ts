interface GrowingSetting {
  readonly setting: string;
  readonly from: number;
  readonly to: number;
  readonly compose: (value: number) => string;
}

/** Every knob that a model reads, as a service that turns it. */
export const settingsThatGrow: readonly GrowingSetting[] = [
  ...['shared_buffers', 'work_mem', 'maintenance_work_mem', 'wal_buffers'].map((name) => ({
    setting: `postgres ${name}`,
    from: 1,
    to: name === 'wal_buffers' ? 64 : 2000,
    compose: (value: number) => `image: postgres:16\ncommand: postgres -c ${name}=${String(value)}MB`,
  })),
  ...['max_connections', 'max_locks_per_transaction', 'autovacuum_max_workers', 'max_parallel_workers_per_gather'].map(
    (name) => ({
      setting: `postgres ${name}`,
      from: name === 'max_connections' ? 5 : 1,
      to: 600,
      compose: (value: number) => `image: postgres:16\ncommand: postgres -c ${name}=${String(value)}`,
    }),
  ),
  {
    setting: 'redis maxmemory',
    from: 1,
    to: 4000,
    compose: (value) => `image: redis:7\ncommand: redis-server --maxmemory ${String(value)}mb`,
  },
  { setting: 'memcached -m', from: 1, to: 4000, compose: (value) => `image: memcached\ncommand: memcached -m ${String(value)}` },
  {
    setting: 'memcached threads',
    from: 1,
    to: 64,
    compose: (value) => `image: memcached\ncommand: memcached -t ${String(value)}`,
  },
  ...['mariadb', 'mysql'].map((image) => ({
    setting: `${image} buffer pool`,
    from: 5,
    to: 4000,
    compose: (value: number) => `image: ${image}\ncommand: --innodb-buffer-pool-size=${String(value)}M`,
  })),
  {
    setting: 'mongodb cache',
    from: 1,
    to: 16,
    compose: (value) => `image: mongo:7\ncommand: mongod --wiredTigerCacheSizeGB ${String(value)}`,
  },
  {
    setting: 'node old space',
    from: 16,
    to: 4000,
    compose: (value) => `image: node:20\nenvironment: { NODE_OPTIONS: --max-old-space-size=${String(value)} }`,
  },
  {
    setting: 'node semi space',
    from: 1,
    to: 128,
    compose: (value) => `image: node:20\nenvironment: { NODE_OPTIONS: --max-semi-space-size=${String(value)} }`,
  },
  {
    setting: 'java heap',
    from: 8,
    to: 8000,
    compose: (value) => `image: eclipse-temurin:17\ncommand: java -Xmx${String(value)}m -jar app.jar`,
  },
  {
    setting: '.NET heap hard limit',
    from: 20,
    to: 60,
    compose: (value) =>
      `image: mcr.microsoft.com/dotnet/aspnet:8.0\nenvironment: { DOTNET_GCHeapHardLimit: '0x${(value * 1024 ** 2).toString(16)}' }`,
  },
  {
    setting: 'gunicorn workers',
    from: 1,
    to: 64,
    compose: (value) => `image: python:3\ncommand: gunicorn -w ${String(value)} app:app`,
  },
  {
    setting: 'GOMEMLIMIT',
    from: 8,
    to: 4000,
    compose: (value) => `image: own\nenvironment: { GOMEMLIMIT: ${String(value)}MiB }`,
  },
  {
    setting: 'elasticsearch heap',
    from: 64,
    to: 8000,
    compose: (value) => `image: elasticsearch:8\nenvironment: { ES_JAVA_OPTS: -Xmx${String(value)}m }`,
  },
  {
    setting: 'php children',
    from: 1,
    to: 200,
    compose: (value) => `image: php:8-fpm\nenvironment: { PHP_FPM_PM_MAX_CHILDREN: ${String(value)} }`,
  },
];
