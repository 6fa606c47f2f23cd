import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two cores serve everything; a machine with more still gets an even load.
    pool: 'threads',
    testTimeout: 30_000,
  },
});
