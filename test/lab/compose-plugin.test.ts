import { describe, expect, it } from 'vitest';
import { findComposeTool } from './compose-plugin.ts';
import { mirrorIn } from './install-compose.ts';

const tool = await findComposeTool();

describe('the mirror is taken from the apt sources', () => {
  it('in the stanza format, with its key and without the security archive', () => {
    const text = [
      'Types: deb\nURIs: http://host/debian-security\nSuites: bookworm-security\nComponents: main\n',
      'Types: deb\n# as of today\nURIs: http://host/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: /k.gpg\n',
    ].join('\n');
    expect(mirrorIn(text, 'bookworm')).toBe('[signed-by=/k.gpg] http://host/debian');
  });

  it('in the line format, options kept', () => {
    expect(mirrorIn('deb-src http://a/b bookworm main\ndeb [arch=amd64] http://a/b bookworm contrib main\n', 'bookworm')).toBe(
      '[arch=amd64] http://a/b',
    );
  });

  it('and other archives are no mirror', () => {
    expect(mirrorIn('deb http://a/docker bookworm stable\n', 'bookworm')).toBeUndefined();
  });
});

describe.runIf(tool)('docker compose config', () => {
  it('answers with JSON in which the folder is /w', async () => {
    const files = { 'compose.yaml': 'services:\n  a:\n    image: i\n    volumes: ["./d:/d"]\n    mem_limit: ${M}\n' };
    const answer = await tool!({ files, env: { M: '1k' } });
    expect(answer).toMatchObject({
      json: { name: 'w', services: { a: { mem_limit: '1024', volumes: [{ source: '/w/d' }] } } },
    });
  });

  it('answers with the reason when it refuses', async () => {
    expect(await tool!({ files: { 'c.yaml': 'services: {a: {}}' }, order: ['c.yaml'] })).toHaveProperty('error');
  });

  it('sees no environment but the one given', async () => {
    const answer = await tool!({ files: { 'compose.yaml': 'services: {a: {image: "i:${PATH}x"}}' } });
    expect(answer).toMatchObject({ json: { services: { a: { image: 'i:x' } } } });
  });
});
