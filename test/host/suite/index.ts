import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import type { HostResult } from '../result.ts';

/** VS Code calls this in its extension host. The result goes into a file, because the exit code says 0 when the host dies. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 30_000, reporter: 'dot' });
  for (const file of readdirSync(__dirname).sort()) if (file.endsWith('.spec.cjs')) mocha.addFile(join(__dirname, file));
  const result = await resultOf(mocha);
  const path = process.env.HEADROOM_HOST_RESULT;
  if (path !== undefined) writeFileSync(path, JSON.stringify(result));
  if (result.failures.length > 0) throw new Error(`${result.failures.length} failed`);
}

function resultOf(mocha: Mocha): Promise<HostResult> {
  const passed: string[] = [];
  const skipped: string[] = [];
  const failures: { title: string; error: string }[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve({ passed, skipped, failures, measured: measured() }));
    runner.on('pass', (test) => passed.push(test.fullTitle()));
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.on('fail', (test, error: unknown) =>
      failures.push({ title: test.fullTitle(), error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}

/** Each spec is a bundle of its own, so that numbers meet in a file rather than in a variable. */
function measured(): Record<string, number> {
  const path = process.env.HEADROOM_HOST_MEASURED;
  if (path === undefined || !existsSync(path)) return {};
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, number]));
}
