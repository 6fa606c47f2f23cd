/** Rounds of a measurement; the median of an odd number is one that happened. */
const ROUNDS = 7;
/** A round is repeated until it has used this much: process.cpuUsage has a resolution of some milliseconds. */
const ROUND_MS = 150;

type Work = () => unknown;

/**
 * CPU time of one call of each work in milliseconds, the median of seven rounds. CPU time, because a machine that
 * is busy elsewhere doubles the wall clock and leaves this within some percent; in turn, so that one that slows
 * down slows all of them. The compiler's threads count as well, so that each work runs for a while beforehand: an
 * editor that has been open for a minute is what is asked about.
 */
export async function medianCpuOf<K extends string>(
  works: Readonly<Record<K, Work>>,
  warmUpMs = 3000,
): Promise<Readonly<Record<K, number>>> {
  const entries: { name: string; work: Work; repeats: number; rounds: number[] }[] = [];
  for (const [name, work] of Object.entries<Work>(works)) {
    for (let used = 0; used < warmUpMs;) used += await roundOf(work, 1);
    entries.push({ name, work, repeats: await calibrate(work), rounds: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { work, repeats, rounds } of entries) rounds.push((await roundOf(work, repeats)) / repeats);
  }
  return Object.fromEntries(entries.map(({ name, rounds }) => [name, median(rounds)])) as Record<K, number>;
}

/** Of single calls on the wall clock, in milliseconds: so long would somebody wait in 95 of 100 cases. */
export function p95Of(work: Work, calls = 400): number {
  const times = Array.from({ length: calls }, () => {
    const before = performance.now();
    work();
    return performance.now() - before;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(calls * 0.95)] ?? 0;
}

/** Doubles until a round is long enough. */
async function calibrate(work: Work): Promise<number> {
  let repeats = 1;
  while ((await roundOf(work, repeats)) < ROUND_MS) repeats *= 2;
  return repeats;
}

async function roundOf(work: Work, repeats: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < repeats; i += 1) {
    const result = work();
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('The median of nothing');
  return middle;
}
