import { type Engine } from '../../../test/lab/docker-engine.ts';
import { runOnce, type RunResult } from './container.ts';
import { KEPT_THROUGHPUT, type Limits, type Measurement, type Outcome, type Trial } from './measurement.ts';
import { type Configuration } from './program.ts';
import { smallestLimits } from './search.ts';

const MIB = 1024 ** 2;

/** All that is to be known of one configuration: figures without a limit, and the smallest limits if wanted. */
export async function measure(
  engine: Engine,
  image: string,
  programId: string,
  wanted: Configuration,
  log: (line: string) => void,
): Promise<Measurement> {
  const repeats: number[] = [];
  const unlimited = async (): Promise<RunResult> => {
    const result = await runOnce(engine, image, wanted, {
      limit: undefined,
      startSeconds: 90,
      loadSeconds: 240,
      stalledSeconds: Infinity,
    });
    if (result.ended !== 'done') throw new Error(`unlimited run ${result.ended}: ${result.complaint ?? ''}`);
    repeats.push(result.sampled.peak.unreclaimable);
    log(
      `  unlimited: ${seconds(result)}, ${mib(result.sampled.peak.unreclaimable)} + text ${mib(result.sampled.peak.programText)}`,
    );
    return result;
  };
  const first = await unlimited();
  const limits = wanted.search ? await search(first, unlimited, engine, image, wanted, log) : undefined;
  const { idle, peak, steady, majorFaults } = first.sampled;
  return {
    id: `${programId}/${wanted.id}`,
    date: new Date().toISOString().slice(0, 10),
    settings: wanted.settings,
    load: wanted.describes,
    service: wanted.service,
    ...{ idle, peak, steady, majorFaults, seconds: first.seconds, repeats },
    ...(limits === undefined ? {} : { limits }),
  };
}

async function search(
  first: RunResult,
  unlimited: () => Promise<RunResult>,
  engine: Engine,
  image: string,
  wanted: Configuration,
  log: (line: string) => void,
): Promise<Limits> {
  // The first run of all pays for cold disks and cold JITs of the clients: the quicker of two is the fairer rival.
  let rival = quicker(first, await unlimited());
  const attempt = async (limit: number): Promise<Trial> => {
    const allowance = {
      limit,
      startSeconds: 20 + rival.startSeconds * 4,
      loadSeconds: 20 + rival.seconds * 4,
      stalledSeconds: 2 + rival.seconds,
    };
    const result = await runOnce(engine, image, wanted, allowance);
    const trial = judge(limit, result, rival);
    if (result.ended === 'done') rival = quicker(rival, result);
    log(
      `  ${mib(limit)}: ${trial.outcome} ${trial.throughput.toFixed(2)} in ${result.seconds.toFixed(1)} s, lost ${trial.lost} s, faults ${trial.majorFaults} ${result.complaint ?? ''}`,
    );
    return trial;
  };
  const { peak } = first.sampled;
  return await smallestLimits(
    { guess: peak.unreclaimable + peak.programText + 2 * MIB, ceiling: 2 * peak.usage + 64 * MIB },
    attempt,
  );
}

function judge(limit: number, result: RunResult, rival: RunResult): Trial {
  const { stalled, majorFaults, faultsUnderLoad } = result.sampled;
  const lost = Math.max(stalled, Math.max(0, faultsUnderLoad - rival.sampled.faultsUnderLoad) * SECONDS_PER_FAULT);
  // What the rival would have taken alone on the machine: its wall time holds the waiting for cores too.
  const work = Math.min(rival.seconds, rival.sampled.cpuSeconds);
  const best = Math.max(rival.seconds / result.seconds, work / (work + lost));
  const throughput = result.ended === 'done' ? rounded(best) : 0;
  return { limit, outcome: outcomeOf(result, throughput), throughput, lost: rounded(lost), majorFaults };
}

/**
 * Text that is dropped and read back waits for the disk, which counts as waiting for memory only from the second time
 * on. A haproxy that did little else waited 3.6 s over 4300 faults; a card would be slower.
 */
const SECONDS_PER_FAULT = 0.0008;

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function outcomeOf(result: RunResult, throughput: number): Outcome {
  if (result.ended === 'done') return throughput >= KEPT_THROUGHPUT ? 'worked' : 'slow';
  return result.ended === 'late' ? 'stuck' : result.ended;
}

function quicker(one: RunResult, other: RunResult): RunResult {
  return other.seconds < one.seconds ? other : one;
}

function mib(size: number): string {
  return `${(size / MIB).toFixed(1)} MiB`;
}

function seconds(result: RunResult): string {
  return `started in ${result.startSeconds.toFixed(1)} s, load ${result.seconds.toFixed(1)} s`;
}
