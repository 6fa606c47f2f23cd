import type { Throttling, ThrottlingFlags } from './reading.ts';

/** Of `vcgencmd get_throttled` (`throttled=0x50005`) or of the firmware's sysfs file (`50005`). */
export function parseThrottled(text: string): Throttling | undefined {
  const match = /^(?:throttled=)?(?:0x)?([\da-f]{1,8})\s*$/i.exec(text.trim());
  return match?.[1] === undefined ? undefined : throttlingOf(Number.parseInt(match[1], 16));
}

/** Bits 0–3 say what is the case now, 16–19 the same since boot (raspberrypi documentation, graphics-utilities). */
export function throttlingOf(bits: number): Throttling {
  return { now: flags(bits), sinceBoot: flags(bits >> 16) };
}

/** Of `vcgencmd measure_temp`: `temp=46.2'C`. */
export function parseTemperature(text: string): number | undefined {
  const match = /^temp=(-?\d+(?:\.\d+)?)'C/.exec(text.trim());
  return match === null ? undefined : Number(match[1]);
}

function flags(bits: number): ThrottlingFlags {
  return {
    underVoltage: (bits & 1) !== 0,
    frequencyCapped: (bits & 2) !== 0,
    throttled: (bits & 4) !== 0,
    softTemperatureLimit: (bits & 8) !== 0,
  };
}
