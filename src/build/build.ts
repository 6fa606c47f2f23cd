import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll, watchAll } from './bundle.ts';
import { projectFolder } from './bundles.ts';

if (process.argv.includes('--watch')) {
  await watchAll();
} else {
  for (const { file } of await buildAll()) {
    console.log(`${file.padEnd(32)} ${(statSync(join(projectFolder, file)).size / 1000).toFixed(1).padStart(8)} kB`);
  }
}
