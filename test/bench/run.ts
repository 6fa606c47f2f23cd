import { cpus } from 'node:os';
import { buildAll } from '../../src/build/bundle.ts';
import { findDesktop } from '../host/desktop.ts';
import { runHost } from '../host/run-host.ts';
import { limitsTable } from './limits.ts';
import { lintTable, lintTimes, peerTable, peerTimes } from './lint-table.ts';
import { manyHostsLine, measureManyHosts } from './many-hosts.ts';
import { measureSampling, samplingPossible, samplingTable } from './sampling.ts';

/** `npm run bench`: prints tables that can be pasted into a document; it judges nothing. */
const SIZES = [10, 100, 1000];
console.log(`node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}; CPU time, median of 7\n`);
await lintCosts();
console.log(`${limitsTable()}\n`);
await activationTimes();
await liveCosts();

async function lintCosts(): Promise<void> {
  const times = [];
  const peers = [];
  for (const services of SIZES) {
    times.push(await lintTimes(services));
    peers.push(await peerTimes(services));
  }
  console.log(`${lintTable(times)}\n\n${peerTable(times, peers)}\n`);
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
