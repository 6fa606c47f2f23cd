import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginePossible, startEngine, type Engine } from '../lab/docker-engine.ts';
import { tinyImage, type ImageRecipe } from '../lab/tiny-image.ts';

const RECIPE: ImageRecipe = {
  name: 'tiny-image-test',
  programs: ['node'],
  files: { '/app/hello.js': "console.log('hello from', process.env.WHO)" },
  folders: [{ path: '/data', owner: { uid: 65534, gid: 65534 } }],
  users: ['somebody:1234'],
  env: { WHO: 'inside' },
  command: ['node', '/app/hello.js'],
};

describe.runIf(await enginePossible())('a tiny image', { timeout: 90_000 }, () => {
  let engine: Engine;
  let tag: string;
  const shell = (command: string): Promise<string> => engine.docker(['run', '--rm', tag, 'sh', '-c', command]);

  beforeAll(async () => {
    engine = await startEngine();
    tag = await tinyImage(engine, RECIPE);
  }, 90_000);

  afterAll(async () => {
    await engine.tryDocker(['rmi', tag]);
    await engine.dispose();
  });

  it('runs its program with the libraries that it links to', async () => {
    expect(await engine.docker(['run', '--rm', tag])).toBe('hello from inside\n');
  });

  it('has a shell, its users and its folders', async () => {
    expect(await shell('grep somebody /etc/passwd; stat -c %u /data 2>/dev/null || ls -lnd /data')).toMatch(
      /somebody:x:1234.*\n.*65534/,
    );
  });

  it('is found again, and made anew when its recipe changes', async () => {
    expect(await tinyImage(engine, RECIPE)).toBe(tag);
    const other = await tinyImage(engine, { ...RECIPE, name: 'tiny-image-test-other', env: { WHO: 'elsewhere' } });
    expect(await engine.docker(['run', '--rm', other])).toBe('hello from elsewhere\n');
    await engine.docker(['rmi', other]);
  });

  it('says what is missing', async () => {
    await expect(tinyImage(engine, { name: 'never', programs: ['/no/such/program'] })).rejects.toThrow('/no/such/program');
  });
});
