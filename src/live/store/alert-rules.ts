import { mebibytes, type Bytes } from '../../base/bytes.ts';

export type AlertKind =
  'host-memory' | 'swapping' | 'oom-kill' | 'near-limit' | 'thrashing' | 'restart-loop' | 'throttled' | 'under-voltage';

/** Per cent are of MemAvailable's complement for a host, and of what can't be reclaimed for a container. */
export interface AlertRules {
  readonly hostWarning: number;
  readonly hostAlarm: number;
  readonly nearLimit: number;
  /** Bytes a second. What lies in swap alone is no sign: with zram some always does. */
  readonly swapIn: Bytes;
  readonly restarts: number;
  readonly restartsWithinMs: number;
  readonly raiseAfterMs: number;
  readonly clearAfterMs: number;
  /** How long after a notification the same thing is not notified again. */
  readonly coolDownMs: number;
  /** How long an OOM kill stays in view. */
  readonly oomShownMs: number;
}

export const DEFAULT_ALERT_RULES: AlertRules = {
  hostWarning: 80,
  hostAlarm: 90,
  nearLimit: 90,
  swapIn: mebibytes(1),
  restarts: 3,
  restartsWithinMs: 5 * 60_000,
  raiseAfterMs: 10_000,
  clearAfterMs: 15_000,
  coolDownMs: 15 * 60_000,
  oomShownMs: 10 * 60_000,
};

/** Points or share below the threshold that a value must come back to before it counts as well again. */
export const HYSTERESIS = 5;
