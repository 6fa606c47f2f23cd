import type { ContainerReading } from '../cgroup/reading.ts';

/**
 * Only counters of the kernel and the engine's `oom` events are evidence. Exit code 137 is not: `docker stop` ends a
 * program with the same signal.
 */
export interface OomKill {
  readonly at: number;
  readonly wall: number;
  /** `host` when the whole machine ran out; `unknown` where nobody counted whose limit it was. */
  readonly cause: 'own-limit' | 'host' | 'unknown';
  readonly kills: number;
}

/** Watches one container. The same kill is seen by up to three witnesses at slightly different times: it counts once. */
export class OomWatch {
  readonly #seen: OomKill[] = [];
  #last: Counters | undefined;
  #total = 0;

  /** Kills that were seen while watching, the newest 20. */
  get kills(): readonly OomKill[] {
    return this.#seen;
  }

  get total(): number {
    return this.#total;
  }

  reading(at: number, wall: number, { oomKills, ooms, limitHits }: ContainerReading): void {
    const before = this.#last;
    this.#last = { oomKills, ooms, limitHits };
    if (before?.oomKills === undefined || oomKills === undefined) return;
    // The counters of a container that was started again begin at nought; a kill since then is in them in full.
    const restarted = oomKills < before.oomKills || (limitHits ?? 0) < (before.limitHits ?? 0);
    const killed = restarted ? oomKills : oomKills - before.oomKills;
    if (killed > 0)
      this.#add({ at, wall, kills: killed, cause: cause(restarted ? {} : before, { oomKills, ooms, limitHits }) }, 'counter');
  }

  /** The engine's own `oom` event, or a container that ended with OOMKilled set. */
  event(at: number, wall: number): void {
    this.#add({ at, wall, kills: 1, cause: 'unknown' }, 'event');
  }

  #add(kill: OomKill, witness: 'counter' | 'event'): void {
    const last = this.#seen.at(-1);
    if (last !== undefined && kill.at - last.at < SAME_KILL_MS && (witness === 'event' || this.#lastWitness === 'event')) {
      // A counter knows more than an event: how many, and whose limit.
      if (witness === 'counter') {
        this.#seen[this.#seen.length - 1] = { ...kill, at: last.at, wall: last.wall };
        this.#total += kill.kills - last.kills;
        this.#lastWitness = witness;
      }
      return;
    }
    this.#seen.push(kill);
    if (this.#seen.length > 20) this.#seen.shift();
    this.#total += kill.kills;
    this.#lastWitness = witness;
  }

  #lastWitness: 'counter' | 'event' | undefined;
}

interface Counters {
  readonly oomKills?: number | undefined;
  readonly ooms?: number | undefined;
  readonly limitHits?: number | undefined;
}

/**
 * `oom_kill` counts the host's killer too, so the limit is only to blame where `oom` rose with it. cgroup v1 has no
 * such counter; there hitting the limit in the same moment is the sign.
 */
function cause(before: Counters, now: Counters): OomKill['cause'] {
  if (now.ooms !== undefined) return now.ooms > (before.ooms ?? 0) ? 'own-limit' : 'host';
  if (now.limitHits !== undefined) return now.limitHits > (before.limitHits ?? 0) ? 'own-limit' : 'host';
  return 'unknown';
}

const SAME_KILL_MS = 10_000;
