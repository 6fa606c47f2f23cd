import { describe, expect, it } from 'vitest';
import { Documents, ParseCache } from '../../../../src/analysis/documents/compose/resolve.ts';
import { StackCache } from '../../../../src/analysis/documents/compose/stack-cache.ts';
import { at, Files } from './stack-of.ts';

describe('an edit', () => {
  const files = new Files({
    'compose.yaml': 'include: [db.yaml]\nservices: {a: {image: i}}\n',
    'db.yaml': 'services: {db: {image: postgres}}\n',
    'other.yaml': 'services: {o: {image: i}}\n',
  });
  const [stacks, parses] = [new StackCache(), new ParseCache()];
  const ask = (name: string) =>
    stacks.resolve({ files: [at(name)], environment: new Map(), profiles: [] }, new Documents(files, parses));

  it('resolves again only what the changed file feeds into', () => {
    const [one, other] = [ask('compose.yaml'), ask('other.yaml')];
    expect([ask('compose.yaml'), ask('other.yaml')]).toEqual([one, other]);
    expect(stacks.resolved).toBe(2);

    files.write('db.yaml', 'services: {db: {image: postgres:16}}\n');
    expect(ask('compose.yaml').services[1]?.image?.text).toBe('postgres:16');
    expect(ask('other.yaml')).toBe(other);
    expect(stacks.resolved).toBe(3);
  });

  it('that creates a file which was looked for counts too', () => {
    files.write('.env', 'COMPOSE_PROJECT_NAME=shop\n');
    expect(ask('other.yaml').name?.text).toBe('shop');
  });
});
