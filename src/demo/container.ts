import { createHash } from 'node:crypto';
import { bytes, mebibytes, type Bytes } from '../base/bytes.ts';
import type { DemoService } from './stack.ts';

/** What one pretend container uses at this moment, in bytes and counts. */
export interface DemoUsage {
  readonly anon: number;
  readonly shmem: number;
  readonly cache: number;
  readonly inactiveFile: number;
  readonly kernel: number;
}

export type DemoEventAction = 'start' | 'die' | 'oom' | 'stop' | 'restart' | 'update' | 'kill';

/** One pretend container over time. Its memory is a function of its age, so that nothing runs between two looks. */
export class DemoContainer {
  readonly id: string;
  readonly spec: DemoService;
  readonly emit: (action: DemoEventAction, attributes?: Readonly<Record<string, string>>) => void;
  running = true;
  /** As HostConfig has it; undefined where Docker threw it away because the memory cgroup was off. */
  limit: Bytes | undefined;
  restarts = 0;
  exitCode = 0;
  oomKilled = false;
  startedAt: number;
  finishedAt = 0;
  peak = 0;
  oomKills = 0;
  ooms = 0;
  limitHits = 0;
  refaults = 0;
  majorFaults = 40;
  #usage: DemoUsage = { anon: 0, shmem: 0, cache: 0, inactiveFile: 0, kernel: 0 };
  #startAgainAt: number | undefined;

  constructor(spec: DemoService, wall: number, emit: DemoContainer['emit']) {
    this.spec = spec;
    this.emit = emit;
    this.id = createHash('sha256').update(`headroom demo ${spec.name}`).digest('hex');
    this.startedAt = wall;
  }

  get usage(): DemoUsage {
    return this.#usage;
  }

  get current(): Bytes {
    const { anon, cache, kernel } = this.#usage;
    return bytes(anon + cache + kernel);
  }

  /** Lets time pass. True when it was killed for memory. */
  advance(wall: number, enforced: boolean): boolean {
    if (!this.running) {
      if (this.#startAgainAt !== undefined && wall >= this.#startAgainAt) this.start(wall, true);
      return false;
    }
    const age = (wall - this.startedAt) / 1000;
    this.#usage = usageAt(this.spec, age, wall / 1000);
    this.#thrash(age);
    const held = this.#usage.anon + this.#usage.kernel + this.#usage.shmem;
    const ceiling = enforced ? (this.limit ?? UNLIMITED_LEAK) : UNLIMITED_LEAK;
    if (this.spec.leak !== undefined && held > ceiling * 0.97) {
      this.#killed(wall, enforced && this.limit !== undefined);
      return true;
    }
    this.peak = Math.max(this.peak, this.current);
    return false;
  }

  start(wall: number, again = false): void {
    if (again) this.restarts++;
    this.running = true;
    this.exitCode = 0;
    this.startedAt = wall;
    this.#startAgainAt = undefined;
    // A new cgroup, so its counters begin anew.
    Object.assign(this, { peak: 0, oomKills: 0, ooms: 0, limitHits: 0, refaults: 0, majorFaults: 40 });
    this.#usage = usageAt(this.spec, 0, wall / 1000);
    this.emit('start');
  }

  stop(wall: number): void {
    if (!this.running) return;
    this.running = false;
    this.oomKilled = false;
    this.exitCode = 137;
    this.finishedAt = wall;
    this.#startAgainAt = undefined;
    this.emit('kill', { signal: '15' });
    this.emit('die', { exitCode: '137' });
    this.emit('stop');
  }

  #killed(wall: number, own: boolean): void {
    this.oomKills++;
    if (own) {
      this.ooms++;
      this.limitHits += 40;
      this.emit('oom');
    }
    this.running = false;
    this.oomKilled = own;
    this.exitCode = 137;
    this.finishedAt = wall;
    this.#startAgainAt = wall + 3000;
    this.emit('die', { exitCode: '137' });
  }

  #thrash(age: number): void {
    if (this.spec.thrashes !== true || age % THRASH_EVERY < THRASH_EVERY - THRASH_FOR) return;
    this.refaults += 260;
    this.majorFaults += 90;
  }
}

/** Sine, saw and a little noise that is the same at every look at the same moment. */
function usageAt(spec: DemoService, age: number, second: number): DemoUsage {
  const warm = Math.min(1, 0.55 + age / 40);
  const wave = Math.sin((second / spec.periodSeconds) * 2 * Math.PI + spec.name.length);
  const noise = Math.sin(second * 12.9898 + spec.name.length * 78.233) * 0.08;
  const anon = spec.anon * warm + spec.swing * (wave + noise) + (spec.leak ?? 0) * age;
  const shmem = (spec.shmem ?? 0) * warm;
  const cache = spec.cache * Math.min(1, 0.4 + age / 90) + shmem + (wave + 1) * 0.4;
  return {
    anon: pages(anon),
    shmem: pages(shmem),
    cache: pages(cache),
    inactiveFile: pages((cache - shmem) * 0.55),
    kernel: pages(0.9 + spec.anon * 0.02),
  };
}

function pages(mebi: number): number {
  return Math.max(0, Math.round(mebi * 256)) * 4096;
}

/** What the leak takes before the whole machine is out of memory. */
const UNLIMITED_LEAK = mebibytes(62);
const THRASH_EVERY = 240;
const THRASH_FOR = 45;
