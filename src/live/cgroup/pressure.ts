/** One PSI file: milliseconds stalled since it began to count, and the kernel's own averages in per cent. */
export interface Pressure {
  readonly some: PressureLine;
  /** Missing for the CPU on older kernels. */
  readonly full?: PressureLine;
}

export interface PressureLine {
  readonly average10: number;
  readonly average60: number;
  readonly average300: number;
  readonly stalled: number;
}

/** Undefined where PSI is off, as it is on Raspberry Pi OS without `psi=1`: the file is missing or can't be read. */
export function parsePressure(text: string): Pressure | undefined {
  const some = line(text, 'some');
  if (some === undefined) return undefined;
  const full = line(text, 'full');
  return full === undefined ? { some } : { some, full };
}

function line(text: string, name: 'some' | 'full'): PressureLine | undefined {
  const match = new RegExp(`^${name} avg10=([\\d.]+) avg60=([\\d.]+) avg300=([\\d.]+) total=(\\d+)`, 'm').exec(text);
  if (match === null) return undefined;
  const [average10, average60, average300, total] = match.slice(1).map(Number);
  if (average10 === undefined || average60 === undefined || average300 === undefined || total === undefined) return undefined;
  return { average10, average60, average300, stalled: total / 1000 };
}
