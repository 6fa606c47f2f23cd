import { defineConfig } from 'vitest/config';

/** What the suites of `test/run.ts` run; each is a project, so that `vitest run --project unit` is one of them alone. */
const special = ['bench', 'build', 'e2e', 'host', 'lab', 'oracle', 'pi', 'shared'];

/** Real windows, servers and clocks: what fails twice on two busy cores is broken, what fails once may have been late. */
const oneAtATime = {
  fileParallelism: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
  retry: process.env.CI === undefined ? 0 : 1,
};

export default defineConfig({
  test: {
    // Two cores serve everything; a machine with more still gets an even load.
    pool: 'threads',
    projects: [
      suite('unit', ['test/**/*.test.ts'], { exclude: special.map((folder) => `test/${folder}/**`) }),
      suite('build', ['test/build/**/*.test.ts'], { globalSetup: ['test/build/setup.ts'] }),
      suite('shared', ['test/shared/**/*.test.ts'], {}),
      suite('oracle', ['test/oracle/**/*.test.ts', 'test/lab/**/*.test.ts'], { testTimeout: 120_000 }),
      // One engine for all files: two on one data folder would fight.
      suite('pi', ['test/pi/**/*.test.ts'], { globalSetup: ['test/lab/engine-setup.ts'], ...oneAtATime }),
      suite('e2e', ['test/e2e/**/*.test.ts'], { globalSetup: ['test/e2e/setup.ts'], ...oneAtATime }),
    ],
  },
});

function suite(name: string, include: string[], more: object): { extends: true; test: object } {
  return { extends: true, test: { name, include, testTimeout: 30_000, ...more } };
}
