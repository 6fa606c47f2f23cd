import { describe, expect, it } from 'vitest';
import { checkStack, type CheckedStack } from '../../../src/analysis/check-stack.ts';
import { Documents } from '../../../src/analysis/documents/compose/resolve.ts';
import type { FileReader } from '../../../src/analysis/documents/source.ts';
import * as mounted from '../../../src/analysis/mounted/check-mounted.ts';
import { applyEdits } from '../../../src/base/edit.ts';
import { render } from '../../../src/base/message.ts';
import { fileId } from '../../../src/base/span.ts';
import { checkStackOf, composeFile, nothingKnown } from '../rules/check-text.ts';

const prometheus = (more: string, volumes = './prometheus.yml:/etc/prometheus/prometheus.yml'): string =>
  `services:\n  prometheus:\n    image: prom/prometheus\n    volumes: ["${volumes}"]\n${more}`;
const asking = (target: string, more = ''): string =>
  `scrape_configs:\n  - job_name: a\n    static_configs:\n      - targets: ["${target}"]\n${more}`;
const alerts = 'groups:\n  - name: a\n    rules:\n      - alert: Down\n        expr: up == 0\n';

const found = (files: Record<string, string>): string[] => words(checkStackOf(files, { mounted }));

function words({ findings }: CheckedStack): string[] {
  return findings.filter(({ span }) => span.file !== composeFile).map(({ message }) => render(message));
}

describe('targets on localhost', () => {
  it.each(['localhost:9100', '127.0.0.1:9100', '[::1]:9100', 'localhost'])('are found: %s', (target) => {
    expect(found({ 'compose.yml': prometheus(''), 'prometheus.yml': asking(target) })).toHaveLength(1);
  });

  it.each([
    ['the port that it listens on', prometheus('    command: [--web.listen-address=:9100]\n'), asking('localhost:9100')],
    ['the host’s network', prometheus('    network_mode: host\n'), asking('localhost:9100')],
    ['a network that may be the host’s', prometheus('    network_mode: ${MODE}\n'), asking('localhost:9100')],
    [
      'a network lent to an exporter',
      prometheus('  e:\n    image: e\n    network_mode: service:prometheus\n'),
      asking('localhost:9100'),
    ],
    [
      'addresses that are rewritten',
      prometheus(''),
      asking('localhost:9100', '    relabel_configs:\n      - target_label: __address__\n        replacement: probe:9115\n'),
    ],
    ['a file that is none', prometheus(''), 'scrape_configs: {}\n- x'],
  ])('are left alone with %s', (_, compose, config) => {
    expect(found({ 'compose.yml': compose, 'prometheus.yml': config })).toEqual([]);
  });

  it('are found in the file that the command names', () => {
    const compose = prometheus('    command: --config.file=/etc/prometheus/own.yml\n', './own.yml:/etc/prometheus/own.yml');
    expect(found({ 'compose.yml': compose, 'own.yml': asking('localhost:9100') })).toHaveLength(1);
  });

  it('are accepted with a reason', () => {
    const config = asking('localhost:9100').replace(
      '      - targets',
      '      # headroom-ignore prometheus-localhost-target -- a sidecar\n      - targets',
    );
    expect(found({ 'compose.yml': prometheus(''), 'prometheus.yml': config })).toEqual([]);
  });
});

describe('rules of a mounted folder', () => {
  const reader = (config: string): FileReader => {
    const texts = new Map([
      [composeFile, prometheus('', './monitoring:/etc/prometheus')],
      [fileId('/w/monitoring/prometheus.yml'), config],
      [fileId('/w/monitoring/alerts.yml'), alerts],
      [fileId('/w/monitoring/other.yml'), 'some: thing\n'],
    ]);
    return {
      read(file) {
        const text = texts.get(file);
        return text === undefined ? { kind: 'missing' } : { kind: 'text', source: { file, text } };
      },
      list: () => ({ kind: 'names', names: ['prometheus.yml', 'alerts.yml', 'other.yml'] }),
    };
  };
  const check = (config: string): string[] =>
    words(
      checkStack({
        stack: { files: [composeFile], environment: new Map(), profiles: [] },
        documents: new Documents(reader(config)),
        parts: { mounted },
        judgement: { surroundings: nothingKnown, rules: new Map(), project: undefined },
      }),
    );

  it('are found where nothing loads them', () => {
    expect(check('global: {}\n')).toEqual([
      'No entry of rule_files loads /etc/prometheus/alerts.yml, which is mounted with rules in it',
    ]);
  });

  it.each(['alerts.yml', '*.yml', '/etc/prometheus/alerts.yml', './alerts.yml'])('are loaded by %s', (pattern) => {
    expect(check(`rule_files: ["${pattern}"]\n`)).toEqual([]);
  });

  it.each(['rules/*.yml', '/etc/alerts.yml'])('are not loaded by %s', (pattern) => {
    expect(check(`rule_files: ["${pattern}"]\n`)).toHaveLength(1);
  });
});

describe('a cache that answers everybody alike', () => {
  it('is passed by for logins after the fix', () => {
    const text =
      'server {\r\n  location /api/ {\r\n    proxy_pass http://b;\r\n    proxy_cache a;\r\n    proxy_cache_valid 5m;\r\n  }\r\n}\r\n';
    const compose = 'services:\n  web:\n    image: nginx:alpine\n    volumes: ["./site.conf:/etc/nginx/conf.d/site.conf"]\n';
    const { findings } = checkStackOf({ 'compose.yml': compose, 'site.conf': text }, { mounted });
    const fix = findings.find(({ rule }) => rule === 'nginx-cache-before-auth')?.fixes[0];
    const fixed = applyEdits(fileId('/w/site.conf'), text, fix?.edits ?? []);
    expect(fixed).toContain(
      'proxy_cache a;\r\n    proxy_cache_bypass $http_authorization $http_cookie;\r\n    proxy_no_cache $http_authorization $http_cookie;\r\n',
    );
    expect(found({ 'compose.yml': compose, 'site.conf': fixed })).toEqual([]);
  });
});

describe('files of a build context', () => {
  const compose = 'services:\n  api:\n    build: .\n    command: npm start\n';

  it('are passed over where they are broken', () => {
    expect(
      found({
        'compose.yml': compose,
        'package.json': '{ "dependencies": { "moment"',
        'Api.csproj': '<Project><!--',
        'next.config.js': '/*',
      }),
    ).toEqual([]);
  });

  it('are found through the Dockerfile where they lie deeper', () => {
    const project = '<PublishAot>true</PublishAot>\n<PackageReference Include="Microsoft.EntityFrameworkCore" Version="8.0.1" />';
    const dockerfile = 'FROM sdk\nCOPY ["src/Api/Api.csproj", "src/Api/"]\n';
    expect(found({ 'compose.yml': compose, Dockerfile: dockerfile, 'src/Api/Api.csproj': project })).toHaveLength(1);
    const newer = project.replace('8.0.1', '9.0.0');
    expect(found({ 'compose.yml': compose, Dockerfile: dockerfile, 'src/Api/Api.csproj': newer })).toEqual([]);
  });

  it('are wanted, and the part that reads them too', () => {
    const { missingParts } = checkStackOf({ 'compose.yml': compose }, {});
    expect(missingParts).toContain('mounted');
    expect(checkStackOf({ 'compose.yml': 'services:\n  a:\n    image: redis\n' }, {}).missingParts).not.toContain('mounted');
  });
});
