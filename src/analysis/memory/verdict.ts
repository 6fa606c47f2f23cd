import { bytes, type Bytes } from '../../base/bytes.ts';
import type { Budget, Verdict } from './budget.ts';

/** What a verdict looks at: one entry for each kind of container, `count` of them run. */
export interface Claim {
  /** The limit where one is set, else the estimated peak; undefined where neither is known. */
  readonly need: Bytes | undefined;
  /** The smallest limit that works; undefined where it isn't known. */
  readonly floor: Bytes | undefined;
  readonly count: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What is known to be needed. With an unknown service it is at least that. */
  readonly need: Bytes;
  readonly floors: Bytes;
}

/**
 * A stack that already needs too much stays `overcommitted` whatever the unknown services turn out to be: the
 * answer is no. Only a yes is withheld for them.
 */
export function judge(claims: readonly Claim[], budget: Budget): Judgement {
  const need = sum(claims, (claim) => claim.need);
  const floors = sum(claims, (claim) => claim.floor);
  const open = claims.some((claim) => claim.need === undefined && claim.count > 0);
  return { verdict: verdictOf(need, floors, open, budget.available), need, floors };
}

const COMFORTABLE = 0.9;

function verdictOf(need: Bytes, floors: Bytes, open: boolean, available: Bytes): Verdict {
  if (floors > available) return 'cannot-fit';
  if (need > available) return 'overcommitted';
  if (open) return 'unknown';
  return need <= available * COMFORTABLE ? 'fits' : 'tight';
}

function sum(claims: readonly Claim[], size: (claim: Claim) => Bytes | undefined): Bytes {
  return bytes(claims.reduce((total, claim) => total + (size(claim) ?? 0) * claim.count, 0));
}
