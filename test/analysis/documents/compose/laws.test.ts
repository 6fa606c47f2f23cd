import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stack, Value } from '../../../../src/analysis/documents/compose/model.ts';
import { projectJson } from '../../../../src/analysis/documents/compose/project-json.ts';
import type { Located, Origin } from '../../../../src/analysis/documents/located.ts';
import type { Span } from '../../../../src/base/span.ts';
import { Files, resolved } from './stack-of.ts';

const base = `x-common: &common
  restart: unless-stopped
  logging: {driver: json-file, options: {max-size: "10m"}}
services:
  db:
    <<: *common
    image: "postgres:\${PG:-16}"
    mem_limit: 256m
    command: postgres -c 'shared_buffers=64MB' -c work_mem=4MB
    environment: {POSTGRES_PASSWORD: "\${PW:?no}", B: ~}
    volumes: [./conf:/etc/conf:ro, data:/var/lib]
  web:
    <<: [*common]
    build: .
    ports: ["127.0.0.1:8080:80", 9000-9002:90-92/udp]
    env_file: [web.env]
    depends_on: [db]
    deploy:
      replicas: 2
      resources: {limits: {memory: 64M, cpus: "0.5"}}
    command: ["node", "server.js"]
    healthcheck:
      test: curl -f http://localhost
      interval: 1m30s
volumes:
  data:
`;
const override = `services:
  db: {mem_limit: !reset null, environment: [B=2]}
  web:
    ports: !override ["80:80"]
    extends: {file: other.yaml, service: x}
include: [more.yaml]
`;
const others = {
  'web.env': 'A=1\nB="two $A"\n',
  'other.yaml': 'services: {x: {image: i, tmpfs: [/run:size=1m]}}\n',
  'more.yaml': 'services: {more: {image: m, profiles: [p]}}\n',
};

/** Texts that a hand in the middle of typing leaves behind: pieces cut, doubled, moved, and characters that mean something. */
const mutation = fc.record({
  from: fc.nat(800),
  length: fc.nat(40),
  insert: fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '\n',
      '\t',
      ':',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '*common',
      '"',
      "'",
      '|\n',
      '#',
      '${',
      '$',
      '!reset ',
      '<<: ',
      '? ',
      '---\n',
      '\r\n',
      '\uFEFF',
      '{{',
      '0x',
      ',',
    ),
    fc.string({ maxLength: 5 }),
  ),
});
const mutated = (text: string) =>
  fc.array(mutation, { maxLength: 4 }).map((steps) =>
    steps.reduce((now, { from, length, insert }) => {
      const at = from % (now.length + 1);
      return now.slice(0, at) + insert + now.slice(at + length);
    }, text),
  );
const projects = fc
  .record({ one: mutated(base), two: mutated(override), env: mutated(others['web.env']), more: mutated(others['more.yaml']) })
  .map(({ one, two, env, more }) => ({ ...others, 'compose.yaml': one, 'o.yaml': two, 'web.env': env, 'more.yaml': more }));

const resolve = (files: Readonly<Record<string, string>>) => {
  const reader = new Files(files);
  return { reader, stack: resolved(reader, { order: ['compose.yaml', 'o.yaml'], env: { PW: 'x' } }) };
};

describe('any text', () => {
  it('resolves to something', () => {
    fc.assert(
      fc.property(projects, (files) => {
        resolve(files);
      }),
      { numRuns: process.env.CI === undefined ? 1000 : 10_000 },
    );
  }, 240_000);

  it('resolves to the same each time', () => {
    fc.assert(
      fc.property(projects, (files) => {
        const [one, other] = [resolve(files).stack, resolve(files).stack];
        expect(JSON.stringify(projectJson(one))).toBe(JSON.stringify(projectJson(other)));
        expect(one.problems).toEqual(other.problems);
        expect(one.services.length).toBe(other.services.length);
      }),
      { numRuns: 200 },
    );
  });

  it('has spans that lie in their files and slice to what was written there', () => {
    fc.assert(
      fc.property(projects, (files) => {
        const { reader, stack } = resolve(files);
        for (const span of spansOf(stack)) {
          const text = (files as Readonly<Record<string, string>>)[span.file.slice(3)] ?? '';
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
        for (const origin of originsOf(stack.tree)) {
          if (origin.kind === 'written' && origin.text !== '') expect(reader.slice(origin.span)).toBe(origin.text);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Every span there is, wherever it hides in the stack. */
function spansOf(stack: Stack): Span[] {
  const found: Span[] = [];
  const seen = new Set<unknown>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (isSpan(value)) found.push(value);
    else if (value instanceof Map) for (const [, inner] of value) look(inner);
    else if (isLocated(value)) for (const inner of [value.spans, value.origins, value.key]) look(inner);
    else for (const inner of Object.values(value)) look(inner);
  };
  look([stack.services, stack.problems, stack.networks, stack.volumes, stack.anchor]);
  return found;
}

function isSpan(value: object): value is Span {
  return 'file' in value && 'start' in value && 'end' in value && !('kind' in value);
}

function isLocated(value: object): value is Located<unknown> {
  return 'origins' in value && 'spans' in value;
}

function originsOf(value: Value): readonly Origin[] {
  if (value.kind === 'scalar') return value.located.origins;
  if (value.kind === 'list') return value.items.flatMap(originsOf);
  return [...value.entries.values()].flatMap((entry) => originsOf(entry.value));
}
