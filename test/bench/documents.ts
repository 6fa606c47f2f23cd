/** A Compose file of that many services, with the mix of keys that people write: about 14 lines each. */
export function composeOf(services: number): string {
  const lines = ['# Generated', 'services:'];
  for (let n = 0; n < services; n += 1) lines.push(...(KINDS[n % KINDS.length] ?? web)(n));
  lines.push('volumes:', ...Array.from({ length: services }, (_, n) => `  data${n}:`), '');
  return lines.join('\n');
}

const KINDS = [web, database, cache];

function web(n: number): string[] {
  return [
    `  web${n}:`,
    '    image: node:22-alpine',
    '    environment:',
    '      NODE_OPTIONS: "--max-old-space-size=160"',
    `      DATABASE_URL: postgres://app@db${n}/app`,
    `    ports: ["127.0.0.1:${3000 + n}:3000"]`,
    '    restart: unless-stopped',
    '    deploy:',
    '      resources:',
    '        limits:',
    '          memory: 256M # measured: 190',
    '          cpus: "0.5"',
    ...logging,
  ];
}

function database(n: number): string[] {
  return [
    `  db${n}:`,
    '    image: postgres:16-alpine',
    '    command: postgres -c shared_buffers=32MB -c max_connections=20',
    '    environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db }',
    `    volumes: ["data${n}:/var/lib/postgresql/data"]`,
    '    healthcheck:',
    '      test: ["CMD-SHELL", "pg_isready -U app"]',
    '      interval: 30s',
    '    mem_limit: 128m',
    ...logging,
  ];
}

function cache(n: number): string[] {
  return [
    `  cache${n}:`,
    '    image: redis:7-alpine',
    '    command: ["redis-server", "--maxmemory", "24mb", "--maxmemory-policy", "allkeys-lru", "--save", ""]',
    '    mem_limit: 48m',
    ...logging,
  ];
}

const logging = ['    logging:', '      driver: json-file', '      options: { max-size: "5m", max-file: "2" }'];
