import { message, type Message } from '../../base/message.ts';
import type { EngineInfo, EngineVersion } from '../docker/types.ts';
import type { LiveError } from '../errors.ts';
import type { CmdlinePlan } from './cmdline.ts';
import type { Inspection } from './inspect.ts';

/** Everything that the checks judge, all of it read before. */
export interface Evidence {
  readonly inspection: Inspection;
  readonly version?: EngineVersion;
  readonly info?: EngineInfo;
  /** Why the engine did not answer, where it didn't. */
  readonly engineError?: LiveError;
  /** Milliseconds since 1970 here, when the inspection arrived. */
  readonly now: number;
}

export type CheckStatus = 'ok' | 'hint' | 'warning' | 'bad' | 'unknown';

export interface CheckResult {
  /** Kebab-case; stands in JSON and never changes. */
  readonly id: string;
  readonly status: CheckStatus;
  readonly said: Message;
  readonly why?: Message;
  readonly fix?: CheckFix;
}

/** Nothing of it runs without a person's yes; a command is shown for the person to run. */
export type CheckFix =
  | { readonly kind: 'command'; readonly command: string; readonly reboot: boolean }
  | { readonly kind: 'cmdline'; readonly plan: CmdlinePlan }
  | { readonly kind: 'advice'; readonly advice: Message };

/** Pure: looks at the evidence and says what it means. Undefined where it doesn't apply to this host. */
export type Check = (evidence: Evidence) => CheckResult | undefined;

export function result(
  id: string,
  status: CheckStatus,
  said: Message | string,
  more: Pick<CheckResult, 'why' | 'fix'> | object = {},
): CheckResult {
  return { id, status, said: typeof said === 'string' ? message(said) : said, ...more };
}

export function command(line: string, reboot = false): CheckFix {
  return { kind: 'command', command: line, reboot };
}

/** A section with something in it. */
export function section({ inspection }: Evidence, name: string): string | undefined {
  const text = inspection.get(name);
  return text === undefined || text === '' ? undefined : text;
}
