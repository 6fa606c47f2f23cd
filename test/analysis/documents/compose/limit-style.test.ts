import { describe, expect, it } from 'vitest';
import { limitPath, limitStyle } from '../../../../src/analysis/documents/compose/limit-style.ts';
import { decidedHere, servicesReaching } from '../../../../src/analysis/documents/compose/sharing.ts';
import { pairAt, sharedAnchor } from '../../../../src/analysis/documents/yaml-search.ts';
import { parseYaml } from '../../../../src/analysis/documents/yaml.ts';
import { fileId } from '../../../../src/base/span.ts';
import { ourStack } from '../../../oracle/compose/our-answer.ts';

const stackOf = (text: string) => ourStack({ files: { 'compose.yaml': text }, order: ['compose.yaml'] })!;
const styleOf = (name: string, text: string) => {
  const stack = stackOf(text);
  return limitStyle(
    stack.services.find((service) => service.name === name)!,
    stack,
  );
};

describe('a new limit is written', () => {
  it('as the service writes its other limits', () => {
    expect(styleOf('a', 'services: {a: {image: i, cpus: 1}, b: {image: j, deploy: {resources: {limits: {memory: 1G}}}}}')).toBe(
      'mem_limit',
    );
    expect(
      styleOf('a', 'services: {a: {image: i, deploy: {resources: {limits: {cpus: "1"}}}}, b: {image: j, mem_limit: 1g}}'),
    ).toBe('deploy');
  });

  it('else as most services do, else in the short way', () => {
    expect(styleOf('a', 'services: {a: {image: i}, b: {image: j, deploy: {resources: {reservations: {memory: 1G}}}}}')).toBe(
      'deploy',
    );
    expect(styleOf('a', 'services: {a: {image: i, deploy: {replicas: 2}}}')).toBe('mem_limit');
  });

  it('at the place where that style has it', () => {
    expect(limitPath('deploy', 'reservation')).toEqual(['deploy', 'resources', 'reservations', 'memory']);
    expect(limitPath('mem_limit', 'limit')).toEqual(['mem_limit']);
  });
});

describe('what several services share', () => {
  const text = [
    'x-small: &small {mem_limit: 64m}',
    'services:',
    '  a: {<<: *small, image: i}',
    '  b: {<<: *small, image: i, mem_limit: 96m}',
    '  c: {<<: *small, image: i}',
    '  d: {image: i}',
  ].join('\n');
  const file = parseYaml({ file: fileId('/w/compose.yaml'), text });
  const anchored = pairAt(file, { start: text.indexOf('mem_limit') })!.value;

  it('is decided at the anchor by those that do not override it', () => {
    const stack = stackOf(text);
    const place = { file: fileId('/w/compose.yaml'), start: anchored.start, end: anchored.end };
    expect(decidedHere(stack, place, ({ memory }) => memory.limit).map(({ name }) => name)).toEqual(['a', 'c']);
  });

  it('is found from the text alone', () => {
    expect(servicesReaching(file, anchored)).toEqual(['a', 'b', 'c']);
    expect(sharedAnchor(file, anchored.start)?.users).toHaveLength(3);
    expect(sharedAnchor(file, text.indexOf('d:'))).toBeUndefined();
  });
});
