import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/build/bundles.ts';
import { vsixFiles } from '../../src/build/vsix.ts';

describe('what is packed', () => {
  it('a VSIX holds these files and no dependencies', async () => {
    const files = await vsixFiles();
    // The pages follow from the rules, one each; a test of the generator holds the two together.
    expect(files.filter((path) => !path.startsWith('media/rules/'))).toMatchSnapshot();
    expect(files.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it('npm packs the command line alone', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: projectFolder,
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    expect(files.map(({ path }) => path).sort()).toMatchSnapshot();
  });

  it('the command line starts as a program', () => {
    const help = execFileSync(process.execPath, ['dist/cli.mjs', '--help'], { cwd: projectFolder, encoding: 'utf8' });
    expect(help).toMatch(/headroom/);
  });
});
