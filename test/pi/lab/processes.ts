import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Of itself and of the children that it has waited for. */
  readonly cpuSeconds: number;
}

export function allProcesses(): readonly Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry);
    return Number.isInteger(pid) ? (processOf(pid) ?? []) : [];
  });
}

export function processOf(pid: number): Process | undefined {
  const stat = read(`/proc/${String(pid)}/stat`);
  const match = stat === undefined ? null : /\((.*)\) \S (.*)/s.exec(stat);
  if (match === null) return undefined;
  const fields = (match[2] ?? '').split(' ').map(Number);
  const [parent = 0] = fields;
  // utime, stime, cutime and cstime are fields 14 to 17 of proc(5), in hundredths: too coarse for work of a millisecond,
  // so what a process itself used is taken from its threads' schedstat, in nanoseconds.
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(10, 14);
  const own = threadSeconds(pid) ?? (utime + stime) / 100;
  return { pid, parent, name: match[1] ?? '', cpuSeconds: own + (cutime + cstime) / 100 };
}

export function commandLine(pid: number): string {
  return (read(`/proc/${String(pid)}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
}

export function descendants(pid: number, all: readonly Process[] = allProcesses()): readonly Process[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** Proportional: what is shared with others counts in part. */
export function pss(pid: number): number {
  const rollup = read(`/proc/${String(pid)}/smaps_rollup`) ?? '';
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
}

function threadSeconds(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${String(pid)}/task`).map((id) => read(`/proc/${String(pid)}/task/${id}/schedstat`));
    return threads.reduce((sum, text) => sum + Number((text ?? '0').split(' ')[0]) / 1e9, 0);
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended while we looked.
    return undefined;
  }
}
