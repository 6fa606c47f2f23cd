import { readFileSync } from 'node:fs';
import { type ControlGroup } from './control-group.ts';
import { type Figures } from './measurement.ts';

export type Phase = 'start' | 'load';

export interface Sampler {
  phase(next: Phase): void;
  /** Seconds since the phase began in which something waited for memory. */
  stalled(): number;
  stop(): Sampled;
}

export interface Sampled {
  readonly idle: Figures;
  readonly peak: Figures;
  readonly steady: Figures;
  readonly majorFaults: number;
  /** Those of the load alone. */
  readonly faultsUnderLoad: number;
  readonly oomKills: number;
  /** Of the load alone. */
  readonly cpuSeconds: number;
  /** Seconds of the load in which something on this machine waited for memory. */
  readonly stalled: number;
}

const EVERY_MS = 60;

/** Looks at the group some sixteen times a second until it is stopped or the group is gone. */
export function sample(group: ControlGroup): Sampler {
  const seen: Record<Phase, Figures[]> = { start: [], load: [] };
  let phase: Phase = 'start';
  let [majorFaults, faultsBefore, oomKills, stalledBefore] = [0, 0, 0, memoryStalls()];
  let [cpuSeconds, cpuBefore] = [0, 0];
  const look = (): void => {
    try {
      seen[phase].push(group.figures());
      majorFaults = group.majorFaults();
      oomKills = group.oomKills();
      cpuSeconds = group.cpuSeconds();
    } catch {
      clearInterval(timer);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  look();
  return {
    phase: (next) => {
      look();
      phase = next;
      stalledBefore = memoryStalls();
      faultsBefore = majorFaults;
      cpuBefore = cpuSeconds;
    },
    stalled: () => memoryStalls() - stalledBefore,
    stop: () => {
      look();
      clearInterval(timer);
      return {
        idle: each(seen.start.slice(-10), median),
        peak: each([...seen.start, ...seen.load], (values) => Math.max(0, ...values)),
        steady: each(seen.load.slice(Math.floor(seen.load.length / 2)), median),
        majorFaults,
        faultsUnderLoad: majorFaults - faultsBefore,
        oomKills,
        cpuSeconds: cpuSeconds - cpuBefore,
        stalled: memoryStalls() - stalledBefore,
      };
    },
  };
}

/**
 * Pressure by group is cgroup v2's alone. The whole machine's will do: with gigabytes free outside, only the limited
 * container ever waits for memory, be it in reclaim or for its own text to be read back.
 */
function memoryStalls(): number {
  const total = /^some .*total=(\d+)/m.exec(readFileSync('/proc/pressure/memory', 'utf8'));
  return Number(total?.[1] ?? 0) / 1e6;
}

const NAMES = [
  ...(['usage', 'workingSet', 'unreclaimable', 'anon', 'shmem', 'kernel'] as const),
  ...(['programText', 'activeFile', 'inactiveFile', 'processes'] as const),
];

function each(samples: readonly Figures[], fold: (values: number[]) => number): Figures {
  const folded = NAMES.map((name) => [name, fold(samples.map((sampled) => sampled[name]))] as const);
  return Object.fromEntries(folded) as unknown as Figures;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
