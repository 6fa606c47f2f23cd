import { type Outcome, type Suite, suites } from './suites.ts';

/**
 * `npm test [suite …] [-- --required]`: everything this machine can run, then what was left out and why. With
 * `--required`, or HEADROOM_REQUIRE_ALL=1 as in CI, what is left out counts as failed.
 */
const required = process.argv.includes('--required') || process.env.HEADROOM_REQUIRE_ALL === '1';
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((word) => !suites.some(({ name }) => name === word));

if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are: ${suites.map(({ name }) => name).join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await runSuites(suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name)));
}

async function runSuites(chosen: readonly Suite[]): Promise<number> {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const leftOut: string[] = [];
  for (const suite of chosen) {
    const lack = await suite.lacks();
    if (lack !== undefined) {
      leftOut.push(`${suite.name}: ${lack}`);
      if (required && suite.optional !== true) failed += 1;
      else skipped += 1;
      continue;
    }
    const outcome = await timed(suite);
    passed += outcome.passed;
    failed += outcome.failed + (required ? outcome.skipped.length : 0);
    skipped += required ? 0 : outcome.skipped.length;
    leftOut.push(...outcome.skipped.map((title) => `${suite.name}: ${title}`));
  }
  if (leftOut.length > 0) console.log(`\nLeft out:\n${leftOut.map((line) => `  ${line}`).join('\n')}`);
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0 ? 0 : 1;
}

async function timed(suite: Suite): Promise<Outcome> {
  console.log(`\n== ${suite.name}`);
  const start = Date.now();
  const outcome = await suite.run().catch((error: unknown): Outcome => {
    console.error(error);
    return { passed: 0, failed: 1, skipped: [] };
  });
  console.log(
    `== ${suite.name}: ${outcome.passed} passed, ${outcome.failed} failed, ${((Date.now() - start) / 1000).toFixed(0)} s`,
  );
  return outcome;
}
