import { runChecks } from './check.ts';

const results = await runChecks(({ name, passed, said }) => {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name}`);
  if (!passed) console.log(said.replaceAll(/^/gm, '       '));
});
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
