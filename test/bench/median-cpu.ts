/** Rounds of a measurement; the median of an odd number is one that happened. */
const ROUNDS = 7;
/** A round is repeated until it has used this much: process.cpuUsage has a resolution of some milliseconds. */
const ROUND_MS = 150;

/**
 * CPU time of one call of each work in milliseconds, the median of seven rounds. CPU time, because a machine that
 * is busy elsewhere doubles the wall clock and leaves this within some percent; in turn, so that one that slows
 * down slows all of them.
 */
export function medianCpuOf<K extends string>(works: Readonly<Record<K, () => unknown>>): Readonly<Record<K, number>> {
  const entries = Object.entries<() => unknown>(works).map(([name, work]) => ({
    name,
    work,
    repeats: calibrate(work),
    rounds: [] as number[],
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { work, repeats, rounds } of entries) rounds.push(roundOf(work, repeats) / repeats);
  }
  return Object.fromEntries(entries.map(({ name, rounds }) => [name, median(rounds)])) as Record<K, number>;
}

/** Doubles until a round is long enough; warms the code up on the way. */
function calibrate(work: () => unknown): number {
  let repeats = 1;
  while (roundOf(work, repeats) < ROUND_MS) repeats *= 2;
  return repeats;
}

function roundOf(work: () => unknown, repeats: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < repeats; i += 1) work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('The median of nothing');
  return middle;
}
