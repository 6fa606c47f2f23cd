import { describe, expect, it } from 'vitest';
import { option, programName, programWords } from '../../../src/analysis/memory/program.ts';
import { runtimeOf } from '../../../src/analysis/memory/runtimes.ts';
import { inputs } from './service-builder.ts';

const words = (text: string): string[] => programWords(inputs(text)).map((word) => word.text);

describe('what a container runs', () => {
  it.each([
    ['command: redis-server --save ""', ['redis-server', '--save', '']],
    ['command: ["/usr/local/bin/node", "app.js"]', ['/usr/local/bin/node', 'app.js']],
    ['entrypoint: tini -s --\ncommand: node app.js', ['node', 'app.js']],
    ['command: sh -c "./migrate && exec node --max-old-space-size=64 app.js"', ['node', '--max-old-space-size=64', 'app.js']],
    ['command: ["-c", "shared_buffers=1MB"]', ['-c', 'shared_buffers=1MB']],
    ['command: docker-entrypoint.sh postgres -c work_mem=1MB', ['postgres', '-c', 'work_mem=1MB']],
    ['command: env PORT=3 python3 -m app', ['python3', '-m', 'app']],
    ['image: nginx', []],
  ])('is read from %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('has a name without its folder', () => {
    expect(programName(inputs('command: /usr/bin/java -jar x'))).toBe('java');
    expect(programName(inputs('command: --maxmemory 1mb'))).toBeUndefined();
  });

  it('takes the last of an option that stands twice, in either spelling', () => {
    const found = option(programWords(inputs('command: x --size=1 --size 2')), '--size');
    expect(found?.text).toBe('2');
    expect(option(programWords(inputs('command: x --size 2 --size=1')), '--size')?.text).toBe('1');
    expect(option(programWords(inputs('command: x')), '--size')).toBeUndefined();
  });
});

describe('the runtime of a service', () => {
  it.each([
    ['image: postgres:16', 'postgres'],
    ['image: postgis/postgis:16-3.4', 'postgres'],
    ['image: valkey/valkey', 'redis'],
    ['image: lscr.io/linuxserver/mariadb', 'mariadb'],
    ['image: alpine\ncommand: redis-server', 'redis'],
    ['image: own/shop\nenvironment: { NODE_OPTIONS: --max-old-space-size=64 }', 'node'],
    ['image: own/shop\nenvironment: [ASPNETCORE_URLS=http://+:80]', 'dotnet'],
    ['image: node:20\ncommand: npx next start', 'nextjs'],
    ['image: n8nio/n8n\nenvironment: { NODE_OPTIONS: --max-old-space-size=64 }', 'catalogue'],
    ['image: postgres\nenvironment: { NODE_ENV: production }', 'postgres'],
    ['image: own/shop', undefined],
    ['image: alpine\ncommand: sleep infinity', 'catalogue'],
  ])('%s is %s', (text, id) => {
    expect(runtimeOf(inputs(text))?.id).toBe(id);
  });

  it('may be told by the Dockerfile alone', () => {
    const dockerfile = { baseImage: 'mcr.microsoft.com/dotnet/aspnet:8.0', command: [] };
    expect(runtimeOf(inputs('build: .', { dockerfile }))?.id).toBe('dotnet');
    expect(runtimeOf(inputs('build: .', { dockerfile: { baseImage: 'node:20', command: [] } }))?.id).toBe('node');
  });

  it('stays unknown where a setting has no value yet, instead of taking the default', () => {
    for (const text of [
      'image: redis\ncommand: redis-server --maxmemory ${SIZE}',
      'image: postgres\ncommand: postgres -c shared_buffers=${SIZE}',
    ]) {
      const given = inputs(text);
      expect(runtimeOf(given)?.estimate(given)).toMatchObject({ known: false, missing: 'variable' });
    }
  });
});
