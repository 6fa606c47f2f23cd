import { ok, type Result } from '../../base/result.ts';
import type { LiveError } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Check, CheckResult, Evidence } from './check.ts';
import { compose, docker, space, storage } from './docker-checks.ts';
import { inspect } from './inspect.ts';
import { memoryCgroup, pressure, swap, swapAccounting } from './memory-checks.ts';
import { card, clock, pageSize, sshd, throttling, userland } from './system-checks.ts';

/** What decides whether limits and containers work comes first. */
const CHECKS: readonly Check[] = [
  memoryCgroup,
  swapAccounting,
  swap,
  pressure,
  docker,
  compose,
  storage,
  space,
  throttling,
  userland,
  pageSize,
  clock,
  card,
  sshd,
];

/** "Check this Pi": judges what was read. */
export function judgeReadiness(evidence: Evidence): readonly CheckResult[] {
  return CHECKS.flatMap((check) => check(evidence) ?? []);
}

/** Reads what the checks need, as an ordinary user. An engine that doesn't answer is evidence too. */
export async function gatherEvidence(
  session: Session,
  now: () => number,
  signal?: AbortSignal,
): Promise<Result<Evidence, LiveError>> {
  const inspection = await session.exec(inspect, signal);
  if (!inspection.ok) return inspection;
  const read = now();
  const engine = session.docker();
  const version = await engine.version(signal);
  const base = { inspection: inspection.value, now: read };
  if (!version.ok) return ok({ ...base, engineError: version.error });
  const info = await engine.info(signal);
  return ok({ ...base, version: version.value, ...(info.ok ? { info: info.value } : {}) });
}
