import { message, render, type Message, type Translate } from '../../base/message.ts';
import { ok, type Result } from '../../base/result.ts';
import { isDemoHost } from '../../demo/names.ts';
import { describeIdentity } from '../../live/commands/describe-identity.ts';
import { identify, type HostIdentity } from '../../live/commands/identify.ts';
import type { LiveError } from '../../live/errors.ts';
import type { CheckFix, CheckResult, CheckStatus } from '../../live/readiness/check.ts';
import { gatherEvidence, judgeReadiness } from '../../live/readiness/readiness.ts';
import type { Session } from '../../live/session.ts';
import { text } from './text.ts';

export interface ReadinessReport {
  readonly host: string;
  readonly identity: HostIdentity;
  readonly checks: readonly CheckResult[];
}

/** Reads everything as an ordinary user and changes nothing. */
export async function examine(session: Session, signal: AbortSignal): Promise<Result<ReadinessReport, LiveError>> {
  const ready = await session.ready(signal);
  if (!ready.ok) return ready;
  const identity = await session.exec(identify, signal);
  const evidence = await gatherEvidence(session, () => Date.now(), signal);
  if (!evidence.ok) return evidence;
  return ok({ host: session.host, identity: identity.ok ? identity.value : {}, checks: judgeReadiness(evidence.value) });
}

/** What "Check this Pi" found, as a page: each check with its reason and what to do. Nothing on it runs anything. */
export function readinessPage({ host, identity, checks }: ReadinessReport, translate: Translate): string {
  const say = (template: string, data = {}): string => escape(render(message(template, data), translate));
  const bad = checks.filter(({ status }) => status === 'bad').length;
  const warnings = checks.filter(({ status }) => status === 'warning').length;
  const verdict = bad + warnings === 0 ? say(text.pageReady, { host }) : say(text.pageNotReady, { host, bad, warnings });
  return [
    `# ${say(text.pageTitle, { host })}`,
    ...(isDemoHost(host) ? [`> ${say(text.pretend)}`] : []),
    escape(describeIdentity(host, identity)),
    `**${verdict}**`,
    ...checks.map((check) => checkPart(check, translate)),
    '',
  ].join('\n\n');
}

const SIGNS: Readonly<Record<CheckStatus, string>> = { ok: '✅', hint: '💡', warning: '⚠️', bad: '❌', unknown: '❔' };

function checkPart({ status, said, why, fix }: CheckResult, translate: Translate): string {
  const words = (each: Message): string => escape(render(each, translate));
  if (status === 'ok') return `${SIGNS[status]} ${words(said)}`;
  return [
    `### ${SIGNS[status]} ${words(said)}`,
    ...(why === undefined ? [] : [words(why)]),
    ...(fix === undefined ? [] : fixParts(fix, translate)),
  ].join('\n\n');
}

function fixParts(fix: CheckFix, translate: Translate): readonly string[] {
  const say = (template: string, data = {}): string => escape(render(message(template, data), translate));
  if (fix.kind === 'advice') return [say(text.pageFix, { fix: render(fix.advice, translate) })];
  if (fix.kind === 'command') return [say(fix.reboot ? text.pageFixReboot : text.pageFixCommand), code(fix.command)];
  const { plan } = fix;
  if (plan.kind === 'refused') return [say(text.pageNoFix, { why: render(plan.why, translate) })];
  return plan.kind === 'edit' ? [say(text.pageFixLine, { path: plan.path }), code(plan.after)] : [];
}

/** A fence longer than any within, since what a host says may hold one. */
function code(content: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}sh\n${content}\n${fence}`;
}

/** What a host says about itself is text, never markup. */
function escape(words: string): string {
  return words.replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&').replace(/\s+/g, ' ');
}
