import { statSync } from 'node:fs';
import { buildAll } from './bundle.ts';
import { makeVsix } from './vsix.ts';

await buildAll();
const vsix = await makeVsix();
console.log(`${vsix} ${(statSync(vsix).size / 1000).toFixed(1)} kB`);
