import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../../src/build/bundle.ts';
import { installCodeServer } from '../../src/build/code-server/install.ts';
import { makeVsix } from '../../src/build/vsix.ts';

/** Scenarios run what users install: the VSIX of this very tree. */
export async function setup(): Promise<() => Promise<void>> {
  await buildAll();
  // Here, because what installs for minutes is no part of a scenario's patience.
  await installCodeServer();
  const folder = await mkdtemp(join(tmpdir(), 'headroom-e2e-'));
  process.env.HEADROOM_E2E_VSIX = await makeVsix(folder);
  return () => rm(folder, { recursive: true });
}
