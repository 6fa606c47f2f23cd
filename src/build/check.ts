import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from './bundles.ts';

export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly said: string;
}

/** Everything that can be said about the tree without running it. */
const checks: Readonly<Record<string, readonly string[]>> = {
  types: ['typescript/bin/tsc', '-p', '.'],
  'types of base, without ambient ones': ['typescript/bin/tsc', '-p', 'src/base'],
  'types of analysis, without ambient ones': ['typescript/bin/tsc', '-p', 'src/analysis'],
  'lint and walls': ['eslint/bin/eslint.js', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  'dead code': ['knip/bin/knip.js', '--no-progress'],
  'generated files': ['tsx/dist/cli.mjs', 'src/build/generate.ts', '--check'],
};

/** Two at a time: a machine this is made for has two cores, and the linter alone takes more than one. */
export async function runChecks(report: (result: CheckResult) => void): Promise<readonly CheckResult[]> {
  const left = Object.entries(checks);
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const result = await runCheck(...next);
      results.push(result);
      report(result);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

function runCheck(name: string, command: readonly string[]): Promise<CheckResult> {
  const [tool = '', ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(projectFolder, 'node_modules', tool), ...args], { cwd: projectFolder });
    const said: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.on('close', (code) => resolve({ name, passed: code === 0, said: said.join('').trim() }));
  });
}
