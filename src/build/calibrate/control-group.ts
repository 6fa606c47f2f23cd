import { existsSync, readFileSync } from 'node:fs';
import { type Figures } from './measurement.ts';

/** The counters of one container's memory group, read from the machine that runs it. */
export interface ControlGroup {
  figures(): Figures;
  majorFaults(): number;
  oomKills(): number;
  cpuSeconds(): number;
}

const ROOT = '/sys/fs/cgroup';

/** cgroup v1 alone: v2 has other files, and figures of both would not be one series. */
export function controlGroupOf(pid: number): ControlGroup {
  const groups = readFileSync(`/proc/${String(pid)}/cgroup`, 'utf8');
  const folderOf = (controller: string): string => {
    const line = new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(.*)$`, 'm').exec(groups);
    return `${ROOT}/${controller}${line?.[1] ?? ''}`;
  };
  const folder = folderOf('memory');
  if (!existsSync(`${folder}/memory.kmem.usage_in_bytes`)) {
    throw new Error('calibrate reads cgroup v1 memory groups, and this machine has none');
  }
  const text = new TextOfProcesses(folder);
  return {
    figures: () => figures(folder, text),
    majorFaults: () => stat(folder).get('total_pgmajfault') ?? 0,
    oomKills: () => Number(/^oom_kill (\d+)/m.exec(read(`${folder}/memory.oom_control`))?.[1] ?? 0),
    cpuSeconds: () => Number(read(`${folderOf('cpuacct')}/cpuacct.usage`)) / 1e9,
  };
}

function figures(folder: string, text: TextOfProcesses): Figures {
  const of = stat(folder);
  const value = (name: string): number => of.get(name) ?? 0;
  const usage = Number(read(`${folder}/memory.usage_in_bytes`));
  const kernel = Number(read(`${folder}/memory.kmem.usage_in_bytes`));
  const [anon, shmem] = [value('total_rss'), value('total_shmem')];
  return {
    usage,
    workingSet: usage - value('total_inactive_file'),
    unreclaimable: anon + shmem + kernel,
    anon,
    shmem,
    kernel,
    ...text.read(),
    activeFile: value('total_active_file'),
    inactiveFile: value('total_inactive_file'),
  };
}

/**
 * v1's `mapped_file` holds mapped shared memory too, which for PostgreSQL is all of it. The processes' proportional
 * shares of file pages leave that out, but cost a walk over their page tables: hence only every few samples.
 */
class TextOfProcesses {
  readonly #folder: string;
  #turn = 0;
  #last = { programText: 0, processes: 0 };

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(): { programText: number; processes: number } {
    if (this.#turn++ % 6 === 0) this.#last = this.#walk();
    return this.#last;
  }

  #walk(): { programText: number; processes: number } {
    const pids = read(`${this.#folder}/cgroup.procs`).split('\n').filter(Boolean);
    let programText = 0;
    for (const pid of pids) {
      const match = /^Pss_File:\s+(\d+) kB/m.exec(tryRead(`/proc/${pid}/smaps_rollup`));
      programText += Number(match?.[1] ?? 0) * 1024;
    }
    return { programText, processes: pids.length };
  }
}

function stat(folder: string): Map<string, number> {
  const lines = read(`${folder}/memory.stat`).split('\n');
  return new Map(lines.map((line) => line.split(' ')).map(([name, value]) => [name ?? '', Number(value)]));
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** A process may end between being listed and being read. */
function tryRead(path: string): string {
  try {
    return read(path);
  } catch {
    return '';
  }
}
