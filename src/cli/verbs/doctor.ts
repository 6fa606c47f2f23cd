import { message, render } from '../../base/message.ts';
import { describeIdentity } from '../../live/commands/describe-identity.ts';
import { identify, type HostIdentity } from '../../live/commands/identify.ts';
import type { LiveError } from '../../live/errors.ts';
import type { CheckResult, CheckStatus } from '../../live/readiness/check.ts';
import { gatherEvidence, judgeReadiness } from '../../live/readiness/readiness.ts';
import type { Session } from '../../live/session.ts';
import { errorJson, openHost, sayError } from '../hosts/open-host.ts';
import { text } from '../hosts/text.ts';
import { textOption, UsageError, type ExitCode, type Terminal, type Verb } from '../verb.ts';

export const doctor: Verb = {
  name: 'doctor',
  summary: text.doctorSummary,
  usage: 'headroom doctor HOST [--json]',
  options: {},
  async run(call, terminal) {
    const [host] = call.words;
    if (host === undefined || call.words.length > 1) throw new UsageError(message(text.whichHost));
    const session = await openHost(host, terminal);
    try {
      return await examine(session, textOption(call, 'format') === 'json', terminal);
    } finally {
      session.dispose();
    }
  },
};

async function examine(session: Session, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const ready = await session.ready(terminal.signal);
  if (!ready.ok) return failed(session.host, ready.error, json, terminal);
  const identity = await session.exec(identify, terminal.signal);
  const evidence = await gatherEvidence(session, () => Date.now(), terminal.signal);
  if (!evidence.ok) return failed(session.host, evidence.error, json, terminal);
  const checks = judgeReadiness(evidence.value);
  const found = identity.ok ? identity.value : {};
  if (json)
    terminal.out(`${JSON.stringify({ version: 1, host: session.host, identity: found, checks: checks.map(asJson) }, null, 2)}\n`);
  else terminal.out(report(session.host, found, checks, terminal));
  return checks.some(({ status }) => status === 'bad' || status === 'warning') ? 1 : 0;
}

function failed(host: string, error: LiveError, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.out(`${JSON.stringify({ version: 1, host, error: errorJson(error) }, null, 2)}\n`);
  else sayError(error, terminal);
  return 2;
}

const SIGNS: Readonly<Record<CheckStatus, string>> = { ok: '✓', hint: '·', warning: '!', bad: '✗', unknown: '?' };
const COLORS: Readonly<Record<CheckStatus, number>> = { ok: 32, hint: 36, warning: 33, bad: 31, unknown: 36 };

function report(host: string, identity: HostIdentity, checks: readonly CheckResult[], terminal: Terminal): string {
  const sign = (status: CheckStatus): string =>
    terminal.color ? `\u001b[${String(COLORS[status])}m${SIGNS[status]}\u001b[0m` : SIGNS[status];
  const say = (template: string, data = {}): string => render(message(template, data), terminal.translate);
  const lines = checks.flatMap((check) => [
    `${sign(check.status)} ${render(check.said, terminal.translate)}`,
    ...(check.why === undefined || check.status === 'ok' ? [] : [`    ${render(check.why, terminal.translate)}`]),
    ...fixLines(check, say, terminal).map((line) => `    ${line}`),
  ]);
  const bad = checks.filter(({ status }) => status === 'bad').length;
  const warnings = checks.filter(({ status }) => status === 'warning').length;
  const verdict = bad + warnings === 0 ? say(text.allReady, { host }) : say(text.notReady, { host, bad, warnings });
  return [describeIdentity(host, identity), '', ...lines, '', verdict, ''].join('\n');
}

function fixLines({ fix, status }: CheckResult, say: (template: string, data?: object) => string, terminal: Terminal): string[] {
  if (fix === undefined || status === 'ok') return [];
  if (fix.kind === 'advice') return [say(text.fix, { fix: render(fix.advice, terminal.translate) })];
  if (fix.kind === 'command') return [say(fix.reboot ? text.fixReboot : text.fix, { fix: fix.command })];
  const { plan } = fix;
  if (plan.kind === 'refused') return [say(text.noFix, { why: render(plan.why, terminal.translate) })];
  return plan.kind === 'edit' ? [say(text.fixLine, { path: plan.path }), `  ${plan.after}`] : [];
}

function asJson({ id, status, said, why, fix }: CheckResult): object {
  return {
    id,
    status,
    message: render(said),
    ...(why === undefined ? {} : { why: render(why) }),
    ...(fix === undefined ? {} : { fix: fix.kind === 'advice' ? { kind: fix.kind, advice: render(fix.advice) } : fix }),
  };
}
