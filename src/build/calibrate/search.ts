import { type Limits, type Trial } from './measurement.ts';

const MIB = 1024 ** 2;

/** Docker takes nothing smaller. */
const SMALLEST = 6 * MIB;

const STEP_DOWN = 0.8;

export interface SearchStart {
  /** Where it should work: the unlimited run's unreclaimable peak and program text. */
  readonly guess: number;
  /** More than anything could need: the search gives up there. */
  readonly ceiling: number;
}

/**
 * Finds the smallest limit that works, then the smallest that survives: to 6 %, the latter to 12 %, or 2 MiB. More memory may be
 * slower by chance, so what was seen to work last, going down, is the answer, and `works` is never under `survives`.
 */
export async function smallestLimits(start: SearchStart, attempt: (limit: number) => Promise<Trial>): Promise<Limits> {
  const trials: Trial[] = [];
  const at = async (limit: number): Promise<Trial> => {
    const known = trials.find((trial) => trial.limit === limit);
    if (known !== undefined) return known;
    const trial = await attempt(limit);
    trials.push(trial);
    return trial;
  };
  const works = await smallest(start, async (limit) => worked(await at(limit)), { knownBad: 0, within: 0.06 });
  const dead = Math.max(0, ...trials.filter((trial) => trial.limit < works && !survived(trial)).map((trial) => trial.limit));
  const survives = await smallest({ guess: works, ceiling: works }, async (limit) => survived(await at(limit)), {
    knownBad: dead,
    within: 0.12,
  });
  return { survives, works, trials: trials.sort((a, b) => a.limit - b.limit) };
}

async function smallest(
  { guess, ceiling }: SearchStart,
  enough: (limit: number) => Promise<boolean>,
  { knownBad, within }: { knownBad: number; within: number },
): Promise<number> {
  let [low, high] = [knownBad, whole(guess)];
  while (!(await enough(high))) {
    if (high >= ceiling) throw new Error(`does not even work with ${String(high / MIB)} MiB`);
    low = high;
    high = whole(Math.min(ceiling + MIB, high * 1.2 + 2 * MIB));
  }
  if (low === 0) [low, high] = await aroundTheAnswer(high, enough);
  while (high - low > Math.max(2 * MIB, high * within)) {
    const middle = whole((low + high) / 2);
    if (middle === high || middle === low) break;
    if (await enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** In short steps: the answer is seldom far below the guess, and runs that thrash take longest. */
async function aroundTheAnswer(good: number, enough: (limit: number) => Promise<boolean>): Promise<[number, number]> {
  let high = good;
  for (let low = whole(high * STEP_DOWN); low > SMALLEST; low = whole(low * STEP_DOWN)) {
    if (!(await enough(low))) return [low, high];
    high = low;
  }
  return [SMALLEST - MIB, high];
}

function whole(bytes: number): number {
  return Math.max(SMALLEST, Math.ceil(bytes / MIB) * MIB);
}

function worked(trial: Trial): boolean {
  return trial.outcome === 'worked';
}

function survived(trial: Trial): boolean {
  return trial.outcome === 'worked' || trial.outcome === 'slow';
}
