import { cpus } from 'node:os';
import { parseDocument } from 'yaml';
import { buildAll } from '../../src/build/bundle.ts';
import { boardById } from '../../src/analysis/memory/boards.ts';
import { checkText } from '../analysis/rules/check-text.ts';
import { findDesktop } from '../host/desktop.ts';
import { runHost } from '../host/run-host.ts';
import { composeOf } from './documents.ts';
import { manyHostsLine, measureManyHosts } from './many-hosts.ts';
import { medianCpuOf } from './median-cpu.ts';
import { measureSampling, samplingPossible, samplingTable } from './sampling.ts';

/** `npm run bench`: prints a table that can be pasted into a document; it judges nothing. */
console.log(`node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}; CPU time, median of 7\n`);
lintTimes();
await activationTimes();
await liveCosts();

/** A ratio to what everybody has to do, because a ratio is the same on a laptop and on a busy machine. */
function lintTimes(): void {
  // With a board, so that the rules about memory have something to say.
  const board = boardById('pi-4-2gb');
  console.log('| services | yaml parseDocument, ms | whole check, ms | ratio |\n| ---: | ---: | ---: | ---: |');
  for (const services of [10, 100, 1000]) {
    const text = composeOf(services);
    const { yaml, check } = medianCpuOf({
      yaml: () => parseDocument(text),
      check: () => checkText(text, { surroundings: { board } }).findings,
    });
    console.log(`| ${services} | ${yaml.toFixed(2)} | ${check.toFixed(2)} | ${(check / yaml).toFixed(2)} |`);
  }
}

/** What VS Code's own table says, once per kind of extension host. */
async function activationTimes(): Promise<void> {
  if (process.argv.includes('--no-host')) return;
  await buildAll();
  const desktop = await findDesktop();
  const node = await runHost({ entry: 'node', ...(desktop !== undefined && { desktop }) });
  const web = await runHost({ entry: 'web' });
  for (const [host, { measured }] of Object.entries({ node, web })) {
    for (const [name, value] of Object.entries(measured)) console.log(`${host}: ${name}: ${value}`);
  }
}

/** Some minutes: what watching costs the host, and what watching many costs this computer. */
async function liveCosts(): Promise<void> {
  if (process.argv.includes('--no-live')) return;
  console.log(`\n${manyHostsLine(await measureManyHosts())}\n`);
  if (await samplingPossible()) console.log(samplingTable(await measureSampling()));
  else console.log('The cost on the host needs root, sshd and dockerd: not measured.');
}
