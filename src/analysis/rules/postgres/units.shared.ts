/** A size or a time with its unit as PostgreSQL spells it, where only one can be meant: `8mb` is `8MB`. */
export function correctedUnit(value: string, kind: 'memory' | 'time'): string | undefined {
  const match = /^\s*([+-]?[\d.]+)\s*([A-Za-z]+)\s*$/.exec(value);
  if (match === null) return undefined;
  const [, number = '', unit = ''] = match;
  const right = (kind === 'memory' ? MEMORY : TIME)[unit.toLowerCase()];
  return right === undefined || right === unit ? undefined : number + right;
}

const MEMORY: Readonly<Record<string, string>> = {
  b: 'B',
  byte: 'B',
  bytes: 'B',
  k: 'kB',
  kb: 'kB',
  kib: 'kB',
  m: 'MB',
  mb: 'MB',
  mib: 'MB',
  g: 'GB',
  gb: 'GB',
  gib: 'GB',
  t: 'TB',
  tb: 'TB',
  tib: 'TB',
};

/** `m` is left out: minutes for people, metres for nobody, milliseconds for some. */
const TIME: Readonly<Record<string, string>> = {
  us: 'us',
  ms: 'ms',
  msec: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  s: 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'min',
  mins: 'min',
  minute: 'min',
  minutes: 'min',
  h: 'h',
  hr: 'h',
  hour: 'h',
  hours: 'h',
  d: 'd',
  day: 'd',
  days: 'd',
};
