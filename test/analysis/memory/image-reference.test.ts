import { describe, expect, it } from 'vitest';
import { parseImage } from '../../../src/analysis/memory/image-reference.ts';

describe('an image name', () => {
  it.each([
    ['postgres', 'postgres', 'postgres', undefined, undefined],
    ['postgres:16.3-alpine', 'postgres', 'postgres', 16, 3],
    ['docker.io/library/redis:7', 'redis', 'redis', 7, undefined],
    ['ghcr.io/immich-app/postgres:14-vectorchord0.3.0', 'ghcr.io/immich-app/postgres', 'postgres', 14, undefined],
    ['prom/prometheus:v2.42.0', 'prom/prometheus', 'prometheus', 2, 42],
    ['localhost:5000/shop/api', 'localhost:5000/shop/api', 'api', undefined, undefined],
    ['lscr.io/linuxserver/mariadb:latest', 'linuxserver/mariadb', 'mariadb', undefined, undefined],
    ['pgvector/pgvector:pg16', 'pgvector/pgvector', 'pgvector', undefined, undefined],
  ])('%s is %s', (text, name, base, major, minor) => {
    expect(parseImage(text)).toMatchObject({ name, base, major, minor });
  });

  it('keeps tag and digest apart', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    expect(parseImage(`nginx:1.27@${digest}`)).toMatchObject({ tag: '1.27', digest });
  });

  it.each(['', '${IMAGE}', 'a b', '<image>', 'nginx:'])('is none in %j', (text) => {
    expect(parseImage(text)).toBeUndefined();
  });
});
