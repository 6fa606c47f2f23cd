import { describe, expect, it } from 'vitest';
import { ourStack } from '../../../oracle/compose/our-answer.ts';

/** A problem within a second of CPU time, where `docker compose` 2.26 hangs, crashes or takes gigabytes. */
const PATIENCE_MS = 1_000;

const bombs: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['an alias bomb of lists', { 'compose.yaml': bomb(11, (name) => `[${Array(9).fill(`*${name}`).join(', ')}]`) }, 'refused'],
  [
    'an alias bomb of maps',
    {
      'compose.yaml': bomb(
        11,
        (name) =>
          `{${letters(9)
            .map((key) => `${key}: *${name}`)
            .join(', ')}}`,
      ),
    },
    'refused',
  ],
  ['an alias bomb of merge keys', { 'compose.yaml': bomb(30, (name) => `{a: {<<: *${name}}, b: {<<: *${name}}}`) }, 'refused'],
  ['5,000 brackets', { 'compose.yaml': `services: ${'['.repeat(5_000)}${']'.repeat(5_000)}` }, 'refused'],
  ['5,000 open braces', { 'compose.yaml': `services: ${'{a: '.repeat(5_000)}` }, 'refused'],
  ['5,000 dashes', { 'compose.yaml': `services:\n  a:\n    command:\n      ${'- '.repeat(5_000)}x` }, 'refused'],
  [
    '5,000 levels of indentation',
    { 'compose.yaml': Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n') },
    'refused',
  ],
  ['5,000 nested defaults', { 'compose.yaml': `services: {a: {image: "${'${A:-'.repeat(5_000)}${'}'.repeat(5_000)}"}}` }, 'any'],
  ['20,000 variables on one line', { 'compose.yaml': `services: {a: {image: "${'${A:-x}'.repeat(20_000)}"}}` }, 'any'],
  ['a megabyte', { 'compose.yaml': `services: {a: {image: i}}\n# ${'x'.repeat(1_000_001)}` }, 'refused'],
  ['a file that includes itself', { 'compose.yaml': 'include: [compose.yaml]\nservices: {a: {image: i}}' }, 'refused'],
  ['files that include one another twice each', twoWays(), 'any'],
  ['services that extend in a ring', { 'compose.yaml': `services:\n${ring(300)}` }, 'refused'],
  [
    'a chain of 300 extends',
    { 'compose.yaml': `services:\n  s300: {image: i}\n${ring(299, '')}  s299: {extends: s300}\n` },
    'any',
  ],
  [
    '50,000 keys',
    {
      'compose.yaml': `services:\n  a:\n    image: i\n    labels:\n${Array.from({ length: 50_000 }, (_, n) => `      k${n}: v`).join('\n')}`,
    },
    'fine',
  ],
  [
    '50,000 equal keys',
    { 'compose.yaml': `services:\n  a:\n    image: i\n    labels:\n${'      k: v\n'.repeat(50_000)}` },
    'refused',
  ],
  ['a range of all ports', { 'compose.yaml': 'services: {a: {image: i, ports: ["1-65535:1-65535"]}}' }, 'any'],
  [
    'ten ranges of all ports',
    {
      'compose.yaml': `services: {a: {image: i, ports: [${Array.from({ length: 10 }, (_, n) => `"1.1.1.${n}:1-65535:1-65535"`).join(', ')}]}}`,
    },
    'any',
  ],
];

describe('what would blow up or never end', () => {
  it.each(bombs)('%s', (_name, files, outcome) => {
    const began = process.cpuUsage();
    const stack = ourStack({ files, order: ['compose.yaml'] });
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1_000).toBeLessThan(PATIENCE_MS);
    if (outcome === 'refused') expect(stack?.problems.some(({ refused }) => refused)).toBe(true);
    if (outcome === 'fine') expect(stack?.problems).toEqual([]);
  });

  it('but 150 uses of one alias are fine', () => {
    const services = Array.from({ length: 150 }, (_, n) => `  s${n}: {<<: *a, image: i}`).join('\n');
    const stack = ourStack({
      files: { 'compose.yaml': `x-a: &a {mem_limit: 1m}\nservices:\n${services}` },
      order: ['compose.yaml'],
    });
    expect(stack?.problems).toEqual([]);
    expect(stack?.services).toHaveLength(150);
  });
});

function letters(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String.fromCharCode(97 + n));
}

function bomb(levels: number, repeat: (name: string) => string): string {
  const lines = Array.from({ length: levels }, (_, n) => `x-l${n + 1}: &l${n + 1} ${repeat(`l${n}`)}`);
  return ['x-l0: &l0 {k: lol}', ...lines, 'services:', '  a:', '    image: i', `    x-bomb: *l${levels}`].join('\n');
}

function ring(count: number, last = `  s${count}: {extends: s0}\n`): string {
  return Array.from({ length: count }, (_, n) => `  s${n}: {extends: s${n + 1}}\n`).join('') + last;
}

/** 2^20 ways lead through these files, though none of them is a ring. */
function twoWays(): Record<string, string> {
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [
      `${n}.yaml`,
      `include: [${n + 1}.yaml, ./${n + 1}.yaml]\nservices: {s${n}: {image: i}}`,
    ]),
  );
  return { ...files, '20.yaml': 'services: {s20: {image: i}}', 'compose.yaml': 'include: [0.yaml]\nservices: {a: {image: i}}' };
}
