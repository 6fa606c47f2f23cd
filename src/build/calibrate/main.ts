import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startEngine, type Engine } from '../../../test/lab/docker-engine.ts';
import { run, tryRun } from '../../../test/lab/run.ts';
import { tinyImage } from '../../../test/lab/tiny-image.ts';
import { type Machine, type Measurement, type ProgramMeasurements } from './measurement.ts';
import { measure } from './measure.ts';
import { type Configuration, type Program } from './program.ts';
import { programs } from './programs.ts';

/**
 * `npm run calibrate [-- [--again] [--figures] redis node/hello …]`: measures every configuration that has no figures yet, or
 * of those named, by program or one by one; `--again` those that have figures too; `--figures` leaves the limits out. By hand only: it takes hours, a Debian machine with cgroup v1, and root.
 */
const RESULTS = fileURLToPath(new URL('../../../test/calibration/', import.meta.url));

async function main(args: readonly string[]): Promise<void> {
  const again = args.includes('--again');
  const figuresOnly = args.includes('--figures');
  const names = args.filter((arg) => !arg.startsWith('--'));
  const engine = await startEngine();
  try {
    await removeLeftovers(engine);
    for (const program of programs) {
      const wanted = program.configurations.filter((configuration) => matches(`${program.id}/${configuration.id}`, names));
      const open = wanted.filter((configuration) => again || !isMeasured(program, configuration, figuresOnly));
      const todo = figuresOnly ? open.map((configuration) => ({ ...configuration, search: false })) : open;
      if (todo.length > 0) await calibrate(engine, program, todo);
    }
  } finally {
    await engine.dispose();
  }
}

/** Of a run that was stopped; two at a time would disturb each other anyway. */
async function removeLeftovers(engine: Engine): Promise<void> {
  const ids = (await engine.docker(['ps', '--all', '--quiet', '--filter', 'label=headroom-calibrate']))
    .split('\n')
    .filter(Boolean);
  if (ids.length > 0) await engine.docker(['rm', '--force', '--volumes', ...ids]);
}

async function calibrate(engine: Engine, program: Program, todo: readonly Configuration[]): Promise<void> {
  try {
    await install(program.packages);
    const image = await tinyImage(engine, program.image);
    const version = await versionOf(program);
    for (const configuration of todo) {
      log(`${program.id}/${configuration.id}`);
      try {
        record(program, version, await machine(engine), await measure(engine, image, program.id, configuration, log));
      } catch (error) {
        log(`  gave up: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    }
  } catch (error) {
    log(`${program.id}: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

/** Debian starts what it installs unless told not to; `policy-rc.d` is how a machine says that, so it must be there. */
async function install(packages: readonly string[]): Promise<void> {
  const known = await tryRun('dpkg-query', ['--show', '--showformat', '${db:Status-Status}\n', ...packages]);
  if (known.code === 0 && !/^(?!installed$).+$/m.test(known.stdout)) return;
  if (!existsSync('/usr/sbin/policy-rc.d'))
    throw new Error(`install ${packages.join(' ')} first: doing it here would start them`);
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}

async function versionOf(program: Program): Promise<string> {
  const [command = '', ...rest] = program.version;
  const { stdout, stderr } = await tryRun(command, rest);
  return /\d+(?:\.\d+)+/.exec(stdout + stderr)?.[0] ?? 'unknown';
}

async function machine(engine: Engine): Promise<Machine> {
  const system = /^PRETTY_NAME="(.*)"/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown';
  const engineVersion = (await engine.docker(['version', '--format', '{{.Server.Version}}'])).trim();
  return {
    ...{ architecture: arch() === 'x64' ? 'x86_64' : arch(), system, kernel: release().replace(/-.*/, '') },
    ...{ cgroup: 'v1', cores: cpus().length, engine: `Docker ${engineVersion}` },
  };
}

function fileOf(program: Program): string {
  return `${RESULTS}${program.id}.json`;
}

function isMeasured(program: Program, { id, search }: Configuration, figuresOnly: boolean): boolean {
  const known = readResults(program).find((measurement) => measurement.id === `${program.id}/${id}`);
  return known !== undefined && (known.limits !== undefined || figuresOnly || !search);
}

function readResults(program: Program): readonly Measurement[] {
  if (!existsSync(fileOf(program))) return [];
  return (JSON.parse(readFileSync(fileOf(program), 'utf8')) as ProgramMeasurements).measurements;
}

/** After every configuration, so that a run that was stopped goes on where it was. */
function record(program: Program, version: string, machine: Machine, measurement: Measurement): void {
  const order = program.configurations.map(({ id }) => `${program.id}/${id}`);
  const others = readResults(program).filter(({ id }) => id !== measurement.id);
  const measurements = [...others, measurement].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const results: ProgramMeasurements = { program: program.id, version, machine, measurements };
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(fileOf(program), `${JSON.stringify(results, undefined, 1)}\n`);
}

function matches(id: string, names: readonly string[]): boolean {
  return names.length === 0 || names.some((name) => id === name || id.startsWith(`${name}/`));
}

function log(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

await main(process.argv.slice(2));
