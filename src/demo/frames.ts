import type { DemoPi } from './pi.ts';

/** What the sampler would print on the pretend Pi, for one connection. The real one is an awk; see live/sample. */
export class DemoFrames {
  readonly #pi: DemoPi;
  readonly #was = new Map<string, number>();
  readonly #announced = new Set<number>();
  #tick = 0;

  constructor(pi: DemoPi) {
    this.#pi = pi;
  }

  greeting(): string {
    return `headroom 1 ${this.#pi.memoryCgroup === 'v2' ? '2' : '0'} 4096\n`;
  }

  /** Nothing for a line that is no question. */
  answer(line: string): string {
    if (!/^t[asf]*$/.test(line)) return '';
    this.#pi.advance();
    if (line.includes('f')) {
      this.#was.clear();
      this.#announced.clear();
    }
    const host = this.#record('h', this.#host());
    const records = this.#pi.containers.flatMap((container, index) => {
      const slot = index + 1;
      if (!container.running) return this.#leave(slot);
      const arrival = this.#announced.has(slot) ? [] : [`+${String(slot)}=${container.id}`];
      this.#announced.add(slot);
      const letters = this.#pi.memoryCgroup === 'v2' ? this.#cgroup(index) : this.#processes(index);
      return [...arrival, ...this.#record(String(slot), letters)];
    });
    const lines = [...host, ...records];
    const characters = lines.reduce((sum, { length }) => sum + length, 0);
    return [...lines, `.${String(this.#tick++)} ${String(characters)}`].map((each) => `${each}\n`).join('');
  }

  #host(): Letters {
    const { total, swapTotal, hostOomKills, clock } = this.#pi;
    const { available, free, cached, anon, swapped } = this.#pi.memory();
    const uptime = (clock.wall() - this.#pi.bootedAt) / 1000;
    return {
      ...{ t: total / UNIT, v: available / UNIT, f: free / UNIT, c: cached / UNIT, b: 3000, a: anon / UNIT, s: 3800, r: 2600 },
      ...{ w: swapTotal / UNIT, x: (swapTotal - swapped) / UNIT, d: swapped / UNIT, m: (swapped * 0.34) / UNIT },
      ...{ i: 4000 + uptime * 0.4, o: 16_000 + uptime * 0.2, j: 9000 + uptime * 0.5, g: 30_000 + uptime * 0.6, k: hostOomKills },
      ...{ h: 521 + Math.round(Math.sin(uptime / 30) * 18), u: 0, q: 620 },
    };
  }

  #cgroup(index: number): Letters {
    const container = this.#pi.containers[index];
    if (container === undefined) return {};
    const { usage, limit, peak, refaults, majorFaults, limitHits, ooms, oomKills } = container;
    return {
      ...{ c: container.current / UNIT, i: usage.inactiveFile / UNIT, a: usage.anon / UNIT, f: usage.cache / UNIT },
      ...{ s: usage.shmem / UNIT, k: usage.kernel / UNIT, w: 0, l: (limit ?? 0) / UNIT, p: peak / UNIT },
      ...{ r: refaults, j: majorFaults, m: limitHits, o: ooms, x: oomKills, v: limit === undefined ? 0 : limit / UNIT + 1 },
    };
  }

  #processes(index: number): Letters {
    const usage = this.#pi.containers[index]?.usage;
    return usage === undefined ? {} : { n: 2, a: usage.anon / UNIT, s: usage.shmem / UNIT, w: 0 };
  }

  #record(head: string, letters: Letters): readonly string[] {
    let record = '';
    for (const [letter, exact] of Object.entries(letters)) {
      const value = Math.round(exact);
      const key = `${head} ${letter}`;
      const before = this.#was.get(key);
      const change = value - (before ?? 0);
      if (before === undefined || change !== 0) {
        record += change < 0 ? `${letter.toUpperCase()}${String(-change)}` : `${letter}${String(change)}`;
      }
      this.#was.set(key, value);
    }
    return record === '' ? [] : [head + record];
  }

  #leave(slot: number): readonly string[] {
    if (!this.#announced.delete(slot)) return [];
    const head = `${String(slot)} `;
    for (const key of [...this.#was.keys()]) if (key.startsWith(head)) this.#was.delete(key);
    return [`-${String(slot)}`];
  }
}

type Letters = Readonly<Record<string, number>>;

const UNIT = 4096;
