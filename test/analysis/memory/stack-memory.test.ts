import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import { joinPath } from '../../../src/base/path.ts';
import { fileId, type FileId } from '../../../src/base/span.ts';
import { Documents, resolveStack } from '../../../src/analysis/documents/compose/resolve.ts';
import { parseDockerfile } from '../../../src/analysis/documents/dockerfile/dockerfile.ts';
import { boardById } from '../../../src/analysis/memory/boards.ts';
import type { KnownEstimate } from '../../../src/analysis/memory/estimate.ts';
import { defaultReserve } from '../../../src/analysis/memory/reserve.ts';
import { agentsOn, stackMemory, unknownServices, type ServiceMemory } from '../../../src/analysis/memory/stack-memory.ts';

const FOLDER = fileId('/shop');

function memoryOf(files: Readonly<Record<string, string>>, board?: string): readonly ServiceMemory[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [joinPath(FOLDER, name), text]));
  const read = (file: FileId) => {
    const text = texts.get(file);
    return text === undefined ? ({ kind: 'missing' } as const) : ({ kind: 'text', source: { file, text } } as const);
  };
  const documents = new Documents({ read });
  const stack = resolveStack({ files: [joinPath(FOLDER, 'compose.yml')], environment: new Map(), profiles: [] }, documents);
  return stackMemory(stack, {
    board: board === undefined ? undefined : boardById(board),
    files: documents,
    dockerfile: parseDockerfile,
  });
}

const peakOf = (memory: ServiceMemory | undefined): number => (memory?.estimate as KnownEstimate).peak;

describe('the memory of a stack', () => {
  it('has the limit that decides: deploy before mem_limit, none where it is zero, unknown where nobody can tell', () => {
    const services = memoryOf({
      'compose.yml': `services:
  a: { image: redis, deploy: { resources: { limits: { memory: 64M } } } }
  b: { image: redis, mem_limit: 32m }
  c: { image: redis, mem_limit: 0 }
  d: { image: redis, mem_limit: "{LIMIT}" }
  e: { image: redis }
`,
    });
    expect(services.map((each) => [each.limit, each.limitUnknown])).toEqual([
      [mebibytes(64), false],
      [mebibytes(32), false],
      [undefined, false],
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('leaves out services whose profile is off, and counts replicas', () => {
    const services = memoryOf({
      'compose.yml': `services:
  a: { image: redis, profiles: [debug] }
  b: { image: redis, mem_limit: 10m, deploy: { replicas: 3 } }
`,
    });
    expect(services.map((each) => each.service.name)).toEqual(['b']);
    const row = agentsOn(services, { board: boardById('pi-3b')!, reserve: defaultReserve }, 2);
    expect(row).toMatchObject({ need: mebibytes(60), count: 2, verdict: 'fits' });
  });

  it('reads the conf files that are mounted, and the Dockerfile that is built', () => {
    const services = memoryOf({
      'compose.yml': `services:
  cache:
    image: redis
    command: redis-server /etc/redis/redis.conf
    volumes: ["./redis.conf:/etc/redis/redis.conf:ro"]
  web: { image: nginx, volumes: ["./nginx.conf:/etc/nginx/nginx.conf"] }
  db: { image: "postgres:16", command: "postgres -c config_file=/etc/pg.conf", volumes: ["./pg.conf:/etc/pg.conf"] }
  merely: { image: "postgres:16", volumes: ["./pg.conf:/etc/postgresql/postgresql.conf"] }
  api: { build: ./api }
`,
      'redis.conf': 'maxmemory 200mb\nsave ""\n',
      'nginx.conf': 'worker_processes 2;\nhttp { proxy_cache_path /c keys_zone=pages:64m; }\n',
      'pg.conf': 'shared_buffers = 512MB\n',
      'api/Dockerfile': 'FROM node:20 AS build\nFROM node:20-alpine\nCMD ["node", "--max-old-space-size=200", "app.js"]\n',
    });
    const [cache, web, db, merely, api] = services;
    expect(peakOf(cache)).toBeGreaterThan(mebibytes(200));
    expect((web?.estimate as KnownEstimate).regions.map((region) => region.label)).toContain('Cached files in the kernel');
    expect(peakOf(db) - peakOf(merely)).toBeGreaterThan(mebibytes(380));
    expect(api?.runtime).toBe('node');
    expect(peakOf(api)).toBeGreaterThan(mebibytes(200));
    expect(
      (cache?.estimate as KnownEstimate).regions.some(
        (region) => region.from.kind === 'file' && region.from.span.file.endsWith('redis.conf'),
      ),
    ).toBe(true);
  });

  it('names what it cannot know, and does not call it zero', () => {
    const services = memoryOf({
      'compose.yml': 'services:\n  a: { image: own/thing }\n  b: { build: . }\n  c: { image: redis }\n',
    });
    expect(unknownServices(services).map((each) => each.service.name)).toEqual(['a', 'b']);
    expect(services.map((each) => (each.estimate.known ? 'known' : each.estimate.missing))).toEqual([
      'image',
      'runtime',
      'known',
    ]);
    const row = agentsOn(services, { board: boardById('pi-5-8gb')!, reserve: defaultReserve }, 1);
    expect(row.verdict).toBe('unknown');
  });

  it('follows the board where a runtime does: workers by core, a heap by memory', () => {
    const compose = {
      'compose.yml': 'services:\n  a: { image: nginx }\n  b: { image: "eclipse-temurin:17", command: java -jar x.jar }\n',
    };
    const [small, large] = [memoryOf(compose, 'pi-zero-w'), memoryOf(compose, 'pi-5-16gb')];
    expect(peakOf(small[0])).toBeLessThan(peakOf(large[0]));
    expect(peakOf(small[1])).toBeLessThan(peakOf(large[1]));
  });

  it('recommends to a self-sizing heap a limit of its own, whatever the board', () => {
    const compose = { 'compose.yml': 'services:\n  b: { image: "eclipse-temurin:17", command: java -jar x.jar }\n' };
    expect(memoryOf(compose, 'pi-zero-w')[0]?.recommendedLimit).toBe(memoryOf(compose, 'pi-5-16gb')[0]?.recommendedLimit);
  });
});
