import { describe, expect, it } from 'vitest';
import { ParseCache } from '../../../../src/analysis/documents/compose/resolve.ts';
import type { Origin } from '../../../../src/analysis/documents/located.ts';
import { codes, Files, resolved, stackOf } from './stack-of.ts';

const chain = (files: Files, origins: readonly Origin[]) =>
  origins.map((origin) => [
    origin.kind,
    'span' in origin ? `${origin.span.file.slice(3)}: ${files.slice(origin.span)}` : origin.name,
  ]);

describe('where a value comes from', () => {
  it('is told from the file that decides to the line that set the variable', () => {
    const files = new Files({
      'compose.yaml': 'services:\n  db:\n    image: postgres:16\n    mem_limit: 64M\n',
      'prod.yaml': 'services:\n  db:\n    mem_limit: ${DB_LIMIT:-96M}\n',
      '.env': 'DB_LIMIT=128M\n',
    });
    const limit = resolved(files, { order: ['compose.yaml', 'prod.yaml'] }).services[0]?.memory.limit;
    expect(limit?.value).toBe(128 * 1024 ** 2);
    expect(limit?.spans.map((span) => `${span.file} ${files.slice(span)}`)).toEqual([
      '/w/prod.yaml ${DB_LIMIT:-96M}',
      '/w/compose.yaml 64M',
    ]);
    expect(chain(files, limit?.origins ?? [])).toEqual([
      ['written', 'prod.yaml: ${DB_LIMIT:-96M}'],
      ['variable', 'prod.yaml: ${DB_LIMIT:-96M}'],
      ['env-file', '.env: 128M'],
    ]);
  });

  it('names the shell where that wins over .env', () => {
    const files = new Files({ 'compose.yaml': 'services:\n  a:\n    image: i:$T\n', '.env': 'T=file\n' });
    const image = resolved(files, { env: { T: 'shell' } }).services[0]?.image;
    expect(image?.text).toBe('i:shell');
    expect(chain(files, image?.origins ?? [])).toEqual([
      ['written', 'compose.yaml: i:$T'],
      ['variable', 'compose.yaml: $T'],
      ['environment', 'T'],
    ]);
  });

  it('follows a variable of the container into its env_file', () => {
    const files = new Files({ 'compose.yaml': 'services:\n  a:\n    image: i\n    env_file: a.env\n', 'a.env': 'X="one"\n' });
    const variable = resolved(files).services[0]?.environment.get('X');
    expect(variable).toMatchObject({ fromFile: true, value: { value: 'one' } });
    expect(variable?.value.spans.map((span) => files.slice(span))).toEqual(['"one"']);
  });
});

describe('places', () => {
  it('of parts are exact where file and value run one to one', () => {
    const { stack, files } = stackOf(
      [
        'services:',
        '  a:',
        '    image: i',
        '    environment:',
        '      - NODE_OPTIONS=--max-old-space-size=128',
        "      - 'QUOTED=x'",
        '    ports: ["127.0.0.1:8080:80/udp"]',
        '    volumes: [./conf:/etc/conf:ro]',
        '    command: postgres -c shared_buffers=1MB',
        '',
      ].join('\n'),
    );
    const [service] = stack.services;
    const at = (spans: readonly { file: never; start: number; end: number }[] | undefined) =>
      spans?.map((span) => files.slice(span));
    expect(at(service?.environment.get('NODE_OPTIONS')?.value.spans as never)).toEqual(['--max-old-space-size=128']);
    expect(files.slice(service!.environment.get('QUOTED')!.nameSpan)).toBe('QUOTED');
    expect(at(service?.ports[0]?.published?.spans as never)).toEqual(['8080']);
    expect(at(service?.ports[0]?.target.spans as never)).toEqual(['80']);
    expect(at(service?.mounts[0]?.target.spans as never)).toEqual(['/etc/conf']);
    expect(service?.command?.words.map(({ spans: [span] }) => files.slice(span))).toEqual([
      'postgres',
      '-c',
      'shared_buffers=1MB',
    ]);
  });

  it('fall back to the whole scalar where an escape or a variable lies between', () => {
    const { stack, files } = stackOf('services:\n  a:\n    image: i\n    ports: ["${P:-8080}:80", "\\x38:81"]\n');
    expect(stack.services[0]?.ports.map(({ target: { spans } }) => files.slice(spans[0]))).toEqual([
      '"${P:-8080}:80"',
      '"\\x38:81"',
    ]);
  });
});

describe('what cannot be known', () => {
  it('is undefined, with the text of the resolved file beside it', () => {
    const { stack } = stackOf('services:\n  a:\n    image: i:${NOPE}\n    mem_limit: lots\n');
    expect(stack.services[0]?.image).toMatchObject({ value: undefined, text: 'i:' });
    expect(stack.services[0]?.memory.limit).toMatchObject({ value: undefined, text: 'lots' });
    expect(stack.problems.map(({ code, refused }) => [code, refused])).toEqual([
      ['variable-unset', false],
      ['undecodable', true],
    ]);
  });

  it.each([
    ['a name', 'services:\n  api-{AGENT_NUMBER}:\n    image: i\n    mem_limit: 64M\n'],
    ['a port', 'services:\n  a:\n    image: i\n    ports: ["60{AGENT_NUMBER}01:5432"]\n    mem_limit: 64M\n'],
    ['a flow value', 'services:\n  a:\n    image: {IMAGE}\n    mem_limit: 64M\n'],
    ['a template', 'services:\n  a:\n    image: {{ image }}\n    mem_limit: 64M\n'],
  ])('may be a placeholder: %s', (_where, text) => {
    const { stack } = stackOf(text);
    expect(codes(stack)).toContain('placeholder');
    expect(new Set(codes(stack))).not.toContain('unknown-key');
    expect(stack.services[0]?.memory.limit?.value).toBe(64 * 1024 ** 2);
  });

  it('leaves known what stands beside a placeholder: the port inside', () => {
    const { stack } = stackOf('services:\n  a:\n    image: i\n    ports: ["{WEB_PORT}:80"]\n');
    expect(stack.services[0]?.ports[0]).toMatchObject({
      target: { text: '80' },
      published: { value: undefined, text: '{WEB_PORT}' },
    });
  });

  it('does not hide the rest of a fragment', () => {
    const { stack } = stackOf('services:\n  a:\n    mem_limit: 64M\n    exclude_from_hc: true\n');
    expect(codes(stack)).toEqual(['unknown-key', 'no-image']);
    expect(stack.services[0]?.memory.limit?.text).toBe('64M');
  });
});

describe('bounds', () => {
  const inTime = (text: string) => {
    const start = performance.now();
    const { stack } = stackOf(text);
    expect(performance.now() - start).toBeLessThan(1000);
    return codes(stack);
  };

  it('hold against an alias bomb', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `x${String(level + 1)}: &x${String(level + 1)} [${Array(9)
          .fill(`*x${String(level)}`)
          .join(',')}]`,
    );
    expect(inTime(`x0: &x0 [lol]\n${levels.join('\n')}\nservices: {a: {image: i}}\n`)).toContain('too-many-aliases');
  });

  it('let a block be used 150 times', () => {
    const services = Array.from({ length: 150 }, (_, index) => `  s${String(index)}: {<<: *base, image: i}`);
    expect(inTime(`x-base: &base\n  restart: always\n  environment: {A: 1, B: 2}\nservices:\n${services.join('\n')}\n`)).toEqual(
      [],
    );
  });

  it('hold against 5,000 levels', () => {
    expect(inTime(`x-a: ${'['.repeat(5000)}${']'.repeat(5000)}\n`)).toContain('yaml-too-deep');
    expect(inTime(`${'- '.repeat(5000)}x\n`)).toContain('yaml-too-deep');
  });

  it('leave a text of more than a megabyte unread', () => {
    expect(inTime(`x-a: ${'a'.repeat(1_000_000)}\nservices: {a: {image: i}}\n`)).toContain('file-too-large');
  });

  it('hold against files that include or extend themselves', () => {
    const files = new Files({
      'compose.yaml': 'include: [other.yaml]\nservices:\n  a: {extends: {service: b}}\n  b: {extends: {service: a}}\n',
      'other.yaml': 'include: [compose.yaml]\nservices: {c: {image: i}}\n',
    });
    expect(codes(resolved(files))).toEqual(expect.arrayContaining(['extends-cycle', 'include-cycle']));
  });
});

describe('work', () => {
  it('is one parse for each version of each file, however often a stack is resolved', () => {
    const files = new Files({
      'compose.yaml':
        'include: [db.yaml]\nservices:\n  a: {extends: {file: base.yaml, service: x}}\n  b: {extends: {file: base.yaml, service: x}}\n',
      'base.yaml': 'services: {x: {image: i}}\n',
      'db.yaml': 'services: {db: {image: postgres}}\n',
    });
    const cache = new ParseCache();
    resolved(files, {}, cache);
    resolved(files, {}, cache);
    expect(cache.parses).toBe(3);
    files.write('db.yaml', 'services: {db: {image: postgres:16}}\n');
    resolved(files, {}, cache);
    expect(cache.parses).toBe(4);
  });
});
